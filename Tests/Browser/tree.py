"""What a screen reader is given of a page: Chromium's tree of it, as text, and what is wrong with it."""

# What can be pressed, typed into or chosen.
USABLE = {"button", "link", "textbox", "searchbox", "combobox", "ComboBoxSelect", "ComboBoxMenuButton", "listbox", "radio", "checkbox", "slider",
          "spinbutton", "switch", "tab", "menuitem", "DisclosureTriangle", "PopUpButton"}
# What stands for itself, and says nothing without a name.
NAMED = {"dialog", "region", "navigation", "radiogroup", "image", "graphics-document", "table", "log", "progressbar", "article"}
SILENT = {"none", "generic", "InlineTextBox", "StaticText", "LineBreak", "LayoutTable", "LayoutTableRow", "LayoutTableCell", "paragraph"}


class Tree:
    def __init__(self, browser):
        nodes = browser.cdp("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in nodes}
        self.nodes = []  # As they are read: (depth, role, name, properties).

        def walk(node, depth):
            role, name = (str(node.get(part, {}).get("value", "")) for part in ("role", "name"))
            properties = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
            isShown = not node["ignored"]
            if isShown:
                self.nodes.append((depth, role, " ".join(name.split()), properties))
            for child in node.get("childIds", []):
                if child in by_id:
                    walk(by_id[child], depth + isShown)
        walk(next(node for node in nodes if "parentId" not in node), 0)

    def of(self, *roles):
        return [(role, name, properties) for _, role, name, properties in self.nodes if role in roles]

    @property
    def headings(self):
        return [(int(properties["level"]), name) for _, name, properties in self.of("heading")]

    def faults(self):
        """In words; none for a page that can be used by ear."""
        found = [f"a {role} without a name" for role, name, _ in self.of(*USABLE, *NAMED) if name == ""]
        found += ["a heading without words" for _, name in self.headings if name == ""]
        if [level for level, _ in self.headings].count(1) != 1:
            found.append(f"not one first heading: {self.headings}")
        before = 0
        for level, name in self.headings:
            if level > before + 1:
                found.append(f"“{name}” is a heading of level {level} below one of level {before}")
            before = level
        found += [f"{count} times {role}" for role in ("main", "banner") if (count := len(self.of(role))) != 1]
        same = [name for _, name, _ in self.of("region", "navigation")]
        found += [f"two regions “{name}”" for name in sorted({one for one in same if same.count(one) > 1})]
        if not any(properties.get("live") == "polite" for _, _, properties in self.of("status")):
            found.append("nothing that is read out when it changes")
        found += ["a log that is read out line by line" for _, _, properties in self.of("log") if properties.get("live", "off") != "off"]
        return found

    def __str__(self):
        told = ("level", "live", "expanded", "pressed", "checked", "disabled", "invalid", "required", "valuetext")
        lines = []
        for depth, role, name, properties in self.nodes:
            if role in SILENT:
                continue
            more = [f"{key}={properties[key]}" for key in told if properties.get(key) not in (None, False, "false", "off")]
            lines.append(" ".join(["  " * depth + role, f"“{name}”" if name else "", *more]).rstrip())
        return "\n".join(lines) + "\n"
