"""Builds the site into a folder that any static host serves: `make site` runs this.

The course is Markdown in Web/course, a file for each chapter, in the order of their names. The pages are templates in
Web/site, beside the style sheet and the scripts. What the figures say about themselves, their still pictures and the
numbers that the text states come from the folder that the program SiteMaterial writes.
"""

import argparse
import os
import sys
from pathlib import Path

import card
import output
from chapters import Course
from material import Material
from pages import Pages
from problem import Problem

ROOT = Path(__file__).resolve().parent.parent.parent


def build(options):
    material = Material(options.material)
    course = Course(options.course, material, ROOT)
    address = options.address.rstrip("/") + "/" if options.address else ""
    files = Pages(options.pages, course, material, options.modules, address).files
    files["card.png"] = card.png((options.material / "card.svg").read_text())
    output.check_links(files)
    output.write(files, options.out)
    counts = f"{len(course.chapters)} chapters, {len(course.figures)} figures"
    print(f"The site: {counts}, about {course.minutes} minutes to read")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--material", type=Path, required=True, help="the folder that SiteMaterial wrote")
    parser.add_argument("--modules", type=Path, required=True, help="the folder of the WebAssembly modules")
    parser.add_argument("--out", type=Path, required=True, help="the folder to build; other files in it are removed")
    parser.add_argument("--course", type=Path, default=ROOT / "Web" / "course", help="the folder of the chapters")
    parser.add_argument("--pages", type=Path, default=ROOT / "Web" / "site", help="the folder of the templates")
    parser.add_argument("--address", default=os.environ.get("SITE_URL", ""),
                        help="where the site will be, for the picture in social networks (default: SITE_URL)")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        build(arguments())
    except (Problem, OSError) as problem:
        sys.exit(f"error: {problem}")
