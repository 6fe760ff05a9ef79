"""What is written, and whether its links lead anywhere."""

import posixpath
from html.parser import HTMLParser

from problem import Problem, missing


class Page(HTMLParser):
    """The anchors of a page, and the addresses in it."""

    def __init__(self, text):
        super().__init__()
        self.anchors, self.links = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                if value in self.anchors:
                    raise Problem(f"the anchor “{value}” is there twice")
                self.anchors.add(value)
            elif name in ("href", "src"):
                self.links.append(value)


def check_links(files):
    """Fails if a page has two equal anchors, or a relative link leads nowhere."""
    pages = {}
    for name in files:
        if name.endswith(".html"):
            try:
                pages[name] = Page(files[name].decode())
            except Problem as problem:
                raise Problem(f"{name}: {problem}") from problem
    for name, page in pages.items():
        for link in page.links:
            if ":" in link.split("/")[0]:
                continue  # another place on the web
            path, _, anchor = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            if link.startswith("/"):
                raise Problem(f"{name}: the link “{link}” must be relative, as the site may lie anywhere")
            if target == ".":
                target = "index.html"
            if target not in files:
                raise Problem(f"{name}: the link “{link}” leads nowhere: " + missing("file", target, files))
            anchors = pages[target].anchors if target in pages else set()
            if anchor and target in pages and anchor not in anchors:
                raise Problem(f"{name}: the link “{link}” leads nowhere: " + missing("anchor", anchor, anchors))


def write(files, folder):
    """Makes the folder hold exactly these files. Touches only what differs."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "chainrule-figure.js").exists():
        raise Problem(f"{folder} holds something else than this site: name another folder, or empty it")
    for name, content in files.items():
        path = folder / name
        if path.is_file() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif str(path.relative_to(folder)) not in files:
            path.unlink()
