#!/usr/bin/python3
"""Writes the fuzzers' corpus into a folder: small files of every kind that the readers read, a folder a reader."""

import gzip
import struct
import sys
from pathlib import Path

CELLS = {
    "BOX BOUNDS pp pp ff": "0 9\n0 9\n-1e0 9.5\n",
    "BOX BOUNDS xy xz yz pp pp pp": "-2 9.5 1.5\n0 9 -2\n0 9 0.25\n",
    "BOX BOUNDS abc origin pp pp pp": "9 0 0 0\n1 9 0 0\n0 1 9 0.5\n",
    "BOX BOUNDS": "0 9\n0 9\n0 9\n",
}
COLUMNS = {
    "id type x y z": "{i} {t} {x} 1.25 3",
    "id type element xs ys zs ix iy iz": "{i} {t} Cu 0.{i} 0.5 0.75 -1 0 {t}",
    "xu yu zu vx vy vz element mass": "{x} 1e-3 -2 0.1 0.2 0.30000000000000004 Zr 91.224",
    "type xsu ysu zsu fx id": "{t} 1.{i} 0.1 12345678901234567890 nan {i}",
}


def dumps():
    for k, (cell, bounds) in enumerate(CELLS.items()):
        for columns, row in COLUMNS.items():
            text = ""
            for frame in range(2):
                if k == 1:
                    text += "ITEM: UNITS\nreal\nITEM: TIME\n%g\n" % (100.5 * frame)
                rows = "".join(row.format(i=i, t=1 + i % 2, x=0.125 * i + frame) + "\n" for i in (2, 1, 3))
                text += f"ITEM: TIMESTEP\n{10 * frame}\nITEM: NUMBER OF ATOMS\n3\nITEM: {cell}\n{bounds}ITEM: ATOMS {columns}\n{rows}"
            yield text


def binary_dumps():
    """As LAMMPS writes them: revision 2, two pieces."""
    for columns, units, time in ((b"id type xu yu zu", b"real", 2.5), (b"xs ys zs element ix iy iz vx vy vz", b"", None)):
        width = len(columns.split())
        rows = [[float(1 + (i + k) % 3) for k in range(width)] for i in range(3)]
        frame = struct.pack("<q10siiqqi6i6d", -10, b"DUMPCUSTOM", 1, 2, 7, 3, time is not None, 0, 0, 0, 0, 1, 1, 0, 9, 0, 9, -1, 9)
        if time is not None:
            frame += struct.pack("<3d", 1, 0.5, -1)
        frame += struct.pack("<ii", width, len(units)) + units + struct.pack("<b", time is not None)
        frame += struct.pack("<d", time) if time is not None else b""
        frame += struct.pack("<i", len(columns)) + columns + struct.pack("<i", 2)
        for piece in (rows[:1], rows[1:]):
            values = [x for row in piece for x in row]
            frame += struct.pack(f"<i{len(values)}d", len(values), *values)
        yield frame * 2


def extended_xyz():
    head = 'Lattice="9 0 0 1 9 0 0 1 9" pbc="T T T" '
    yield f"2\n{head}Properties=species:S:1:pos:R:3 Step=3 Time=0.5\nCu 0 1 2\nZr 3 4 5\n" * 2
    yield f"1\n{head}Properties=id:I:1:Z:I:1:pos:R:3:momenta:R:3:masses:R:1 unwrapped energy=-1.5 Origin='0 1 2'\n7 29 1e-3 4 5 0.1 0.2 0.3 63.5\n"
    yield f'1\n{head}key="quoted words" Properties="species:S:1:pos:R:3:vel:R:3:charge:R:1"\nAl 0 0 0 1 2 3 0.5\n'
    yield '1\nlattice="9 0 0 0 9 0 0 0 9"\nCu 0 0 0\n'


def data():
    yield "title, timestep = 5, units = real\n\n2 atoms\n2 atom types\n\n0 9 xlo xhi\n0 9 ylo yhi\n0 9 zlo zhi\n1 0.5 -1 xy xz yz\n\nMasses\n\n1 63.546 # Cu\n2 91.224\n\nAtoms # atomic\n\n1 1 0 1 2 0 -1 0\n2 2 3 4 5 1 0 0\n\nVelocities\n\n2 0 1 2\n1 3 4 5\n"
    yield "t\n\n1 atoms\n1 atom types\n3 extra bond per atom\n9 0 0 avec\n1 9 0 bvec\n0 1 9 cvec\n0 0 0.5 abc origin\n\nAtom Type Labels\n\n1 Cu\n\nMasses\n\nCu 63.546\n\nAtoms # full\n\n1 1 Cu 0.5 1 2 3\n\nBonds\n\n1 2 3\n"


def logs():
    thermo = "Step Temp PotEng Volume\n0 300 -1.5 1000\n100 310 -1.4 1e3\nLoop time of 1 on 1 procs for 100 steps with 4 atoms\n"
    yield f"LAMMPS (1 Jan 2024)\nunits metal\ntimestep 0.002\nmass 1 63.546\npair_coeff * * Cu.eam.fs Cu Zr\nthermo_style custom step temp\nrun 100\n{thermo}run 50\n{thermo}Total wall time: 0:00:01\n"
    yield f"LAMMPS (2 Aug 2023 - Update 1)\nunits real\nvariable t equal 1\nminimize 1e-4 1e-6 10 10\n{thermo}WARNING: something\n"


def setfl():
    def table(n, first):
        return "".join(f"{first + 0.125 * k} " + ("\n" if k % 5 == 4 else "") for k in range(n)) + "\n"
    one = "29 63.546 3.6 fcc\n" + table(6, 0) + table(7, 1)
    yield f"a\nb\nc\n1 Cu\n6 0.1 7 0.5 3.0\n{one}{table(7, 2)}"
    fs = "".join(f"{z} {m} 3.6 {lattice}\n" + table(5, 0) + table(5, 1) + table(5, 1) for z, m, lattice in ((29, 63.5, "fcc"), (40, 91.2, "hcp")))
    yield f"a\nb\nc\n2 Cu Zr\n5 0.1 5 0.5 2.0\n{fs}{table(5, 2)}{table(5, 3)}{table(5, 4)}"
    yield f"funcfl of Cu\n29 63.546 3.6 fcc\n6 0.1 6 0.5 2.5\n{table(18, 0)}"


def tables():
    yield "d (nm),T_K,sample\n1.5,300,a\n2.5,,b\n"
    yield "\ufeffd [nm];d_sd;n;T (°C)\r\n1,5;0,1;3;20\r\n2,5;0,2;4;25\r\n"
    yield "# d_nm d_se T_K\n1.5 0.1 300\n2.5 0.2 310\n"
    yield 'sample\td/nm\n"a ""b"", c"\t1e3\n\n'


def write(folder: Path, name: str, texts) -> None:
    (folder / name).mkdir(parents=True, exist_ok=True)
    for k, text in enumerate(texts):
        data = text if isinstance(text, bytes) else text.encode()
        (folder / name / f"{k}").write_bytes(data)
        if k == 0:
            (folder / name / f"{k}.gz").write_bytes(gzip.compress(data, mtime=0))


if __name__ == "__main__":
    for reader, texts in (("dump", dumps()), ("binary_dump", binary_dumps()), ("extxyz", extended_xyz()), ("data", data()), ("log", logs()), ("setfl", setfl()), ("table", tables())):
        write(Path(sys.argv[1]), reader, texts)
