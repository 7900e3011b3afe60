/// The script that draws the graphs of a page: boxes in layers by the longest way from an input, lines between them.
enum GraphScript {
    /// Comes before the figures, which add what they show to the list `graphs`.
    static let declaration = "<script>const graphs = []</script>"

    /// Comes after the figures.
    static let drawing = """
        <script>
        const make = (tag, attributes, parent) => {
          const element = document.createElementNS("http://www.w3.org/2000/svg", tag)
          for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
          return parent.appendChild(element)
        }
        document.querySelectorAll("figure.graph").forEach((figure, index) => {
          const {nodes, names} = graphs[index], view = figure.querySelector(".view")
          const sizes = {}
          nodes.forEach(node => sizes[node[2]] = (sizes[node[2]] || 0) + 1)
          const open = new Set()
          let zoom = 1, width = 1
          const boxes = () => {
            const keys = nodes.map((node, i) => open.has(node[2]) || sizes[node[2]] == 1 ? "n" + i : "g" + node[2])
            const found = new Map()
            nodes.forEach((node, i) => {
              const key = keys[i]
              if (!found.has(key)) found.set(key, {key, group: node[2], nodes: [], inputs: new Set(), rank: 0})
              const box = found.get(key)
              box.nodes.push(i)
              node[3].forEach(j => { if (keys[j] != key) box.inputs.add(keys[j]) })
            })
            const list = [...found.values()]
            // A layer that is called again may read what comes after its first call; such lines lead upwards.
            const place = new Map(list.map((box, i) => [box.key, i]))
            list.forEach((box, i) => box.inputs.forEach(key => {
              if (place.get(key) < i) box.rank = Math.max(box.rank, list[place.get(key)].rank + 1)
            }))
            return {list, place}
          }
          const draw = () => {
            view.replaceChildren()
            const {list, place} = boxes(), used = []
            list.forEach(box => {
              const wanted = [...box.inputs].map(key => list[place.get(key)].column || 0)
              const taken = used[box.rank] = used[box.rank] || new Set()
              let column = wanted.length ? Math.min(...wanted) : 0
              while (taken.has(column)) column++
              taken.add(column)
              box.column = column
            })
            width = 84 + 190 * (1 + Math.max(...list.map(box => box.column)))
            const height = 24 + 62 * (1 + Math.max(...list.map(box => box.rank)))
            const svg = make("svg", {viewBox: `0 0 ${width} ${height}`, width: width * zoom}, view)
            const at = box => [16 + 190 * box.column, 12 + 62 * box.rank]
            list.forEach(box => box.inputs.forEach(key => {
              const from = list[place.get(key)], [x, y] = at(from), [u, v] = at(box)
              // Lines that skip a row leave and enter at the side, since boxes in between would cover them.
              const gap = Math.abs(box.rank - from.rank), side = 16 + Math.min(6 * gap, 60)
              const d = gap > 1
                ? `M${x + 170} ${y + 20} C${x + 170 + side} ${y + 20} ${u + 170 + side} ${v + 20} ${u + 170} ${v + 20}`
                : `M${x + 85} ${y + 40} C${x + 85} ${y + 56} ${u + 85} ${v - 16} ${u + 85} ${v}`
              make("path", {d}, svg)
            }))
            list.forEach(box => {
              const [x, y] = at(box), isGroup = box.key[0] == "g"
              const g = make("g", {class: isGroup ? "group" : "", tabindex: 0}, svg)
              make("rect", {x, y, width: 170, height: 40, rx: 5}, g)
              const first = nodes[box.nodes[0]]
              const lines = [isGroup ? box.nodes.length + " operations" : first[0], names[box.group]]
              lines.forEach((line, i) => {
                const text = make("text", {x: x + 8, y: y + 17 + 15 * i, class: i ? "layer" : ""}, g)
                text.textContent = line.length > 25 ? "…" + line.slice(-24) : line
              })
              make("title", {}, g).textContent = box.nodes.map(i => nodes[i][0] + ": " + nodes[i][1]).join("\\n")
              g.onclick = () => {
                open.has(box.group) ? open.delete(box.group) : open.add(box.group)
                draw()
              }
            })
          }
          const actions = {
            in: () => zoom *= 1.3, out: () => zoom /= 1.3,
            fit: () => zoom = Math.min(1, view.clientWidth / width),
            open: () => nodes.forEach(node => open.add(node[2])), close: () => open.clear(),
          }
          figure.querySelectorAll("button").forEach(button => button.onclick = () => {
            actions[button.dataset.do]()
            draw()
          })
          draw()
        })
        </script>
        """
}
