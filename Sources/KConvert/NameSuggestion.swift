import Foundations

/// Finding the name that somebody may have meant.
public enum NameSuggestion {
    /// The candidate with the fewest edits from `name`; nil if none is similar.
    public static func nearest(to name: String, among candidates: [String]) -> String? {
        NearestName.nearest(to: name, among: candidates)
    }
}
