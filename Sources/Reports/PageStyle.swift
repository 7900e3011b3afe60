/// The style sheet of pages.
enum PageStyle {
    /// Light or dark as the reader's system is, for windows of any width and for paper.
    static let css = """
        :root {
          color-scheme: light dark;
          --back: #fff; --text: #1d2125; --faint: #667079; --line: #d9dee3;
          --good: #1a7f4b; --goodback: #e3f5ea; --bad: #c0342b; --badback: #fdeae8;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --back: #16191d; --text: #e4e7ea; --faint: #98a2ab; --line: #343b42;
            --good: #4cc38a; --goodback: #14301f; --bad: #ff7b72; --badback: #3c1a1a;
          }
        }
        * { box-sizing: border-box }
        body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif }
        main { max-width: 66rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 3rem }
        h1 { font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere }
        h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
        .verdict { border-left: 4px solid; border-radius: 4px; padding: .7rem 1rem; font-weight: 600 }
        .passed { color: var(--good); background: var(--goodback) }
        .failed { color: var(--bad); background: var(--badback) }
        .scroll { overflow-x: auto }
        table { border-collapse: collapse; width: 100%; font-size: .93em; font-variant-numeric: tabular-nums }
        th { text-align: left; font-weight: 600; color: var(--faint); border-bottom: 2px solid var(--line) }
        th, td { padding: .3rem .7rem .3rem 0; white-space: nowrap }
        td { border-bottom: 1px solid var(--line) }
        td.number, th.number { text-align: right; padding: .3rem 0 .3rem .7rem }
        tr.bad { color: var(--bad); background: var(--badback) }
        tr.marked { font-weight: 700 }
        small { display: block; font-size: .8rem; font-weight: 400 }
        figure { margin: 1rem 0 1.5rem }
        figcaption { color: var(--faint); font-size: .85rem; margin-top: .4rem }
        .chart { position: relative; height: 13rem; margin: .7rem 0 0; padding-left: 3.2rem }
        .bars { position: absolute; inset: 0 0 0 3.2rem; display: flex; align-items: flex-end; gap: 1px }
        .bar { flex: 1 1 0; min-width: 0; background: var(--good); opacity: .75; border-radius: 2px 2px 0 0 }
        .bar.bad { background: var(--bad) }
        .start { opacity: 1; outline: 2px solid var(--bad); outline-offset: 1px }
        .grid, .limit { position: absolute; left: 0; right: 0; border-top: 1px solid var(--line) }
        .limit { border-top: 1px dashed var(--bad); z-index: 1 }
        .grid span, .limit span { position: absolute; top: -.75em; background: var(--back); padding-right: .4rem; font-size: .75rem; color: var(--faint) }
        .limit span { color: var(--bad) }
        .view { overflow: auto; max-height: 75vh; border: 1px solid var(--line); border-radius: 6px; margin-top: .4rem }
        .view rect { fill: var(--back); stroke: var(--faint) }
        .view .group rect { fill: var(--goodback); stroke: var(--good) }
        .view path { fill: none; stroke: var(--faint) }
        .view text { font: 12px system-ui, sans-serif; fill: var(--text) }
        .view text.layer { fill: var(--faint); font-size: 10px }
        .view g { cursor: pointer }
        .tools button { font: inherit; margin-right: .4rem; padding: .1rem .6rem }
        """
}
