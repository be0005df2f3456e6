"""python3 -m vitreous.report DIR: draws the figures and writes DIR/report.html, then prints its path."""

import sys

from .analysis_folder import open_folder


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: python3 -m vitreous.report DIR", file=sys.stderr)
        return 2
    try:
        run = open_folder(sys.argv[1])
    except (FileNotFoundError, ValueError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    from .figures import draw_all
    from .page import write_page

    print(write_page(run, draw_all(run)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
