#!/usr/bin/env python3
"""`dotnet tool` packages of executables that are built already: SpecKitty.Aot.VERSION.nupkg, which names one package a RID, and those.

Arguments: version, directory, RID… The SDK's own `dotnet pack` would compile the executable once more for each RID, and its zip differs
from run to run; what it would write (package types DotnetTool and DotnetToolRidPackage, tool settings of version 2) is written here.
"""
import hashlib
import os
import sys
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
ID = "SpecKitty.Aot"
TIME = time.gmtime(max(int(os.environ["SOURCE_DATE_EPOCH"]), 315532800))[:6]
TYPES = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />
  <Default Extension="nuspec" ContentType="application/octet" />
  <Default Extension="md" ContentType="application/octet" />
  <Default Extension="xml" ContentType="application/octet" />
  <Default Extension="json" ContentType="application/octet" />
{overrides}</Types>
"""
OVERRIDE = """  <Override PartName="/{name}" ContentType="application/octet" />
"""
RELATIONSHIPS = """<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/{id}.nuspec" Id="R{digest}" />
</Relationships>
"""
NUSPEC = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <id>{id}</id>
    <version>{version}</version>
    <authors>SpecKitty.Aot contributors</authors>
    <readme>README.md</readme>
    <description>{description}</description>
    <packageTypes>
      <packageType name="{type}" />
    </packageTypes>
  </metadata>
</package>
"""
POINTER = """<?xml version="1.0" encoding="utf-8"?>
<DotNetCliTool Version="2">
  <Commands>
    <Command Name="spec-kitty" />
  </Commands>
  <RuntimeIdentifierPackages>
{packages}  </RuntimeIdentifierPackages>
</DotNetCliTool>
"""
POINTED = """    <RuntimeIdentifierPackage RuntimeIdentifier="{rid}" Id="{id}" />
"""
SETTINGS = """<?xml version="1.0" encoding="utf-8"?>
<DotNetCliTool Version="2">
  <Commands>
    <Command Name="spec-kitty" EntryPoint="spec-kitty" Runner="executable" />
  </Commands>
</DotNetCliTool>
"""


def pack(directory, id, version, type, description, files):
    files = {
        f"{id}.nuspec": NUSPEC.format(id=id, version=version, type=type, description=escape(description)).encode(),
        "README.md": (ROOT / "README.md").read_bytes(),
        **files,
    }
    overrides = "".join(OVERRIDE.format(name=name) for name in sorted(files) if "." not in name.rsplit("/", 1)[-1])
    files["[Content_Types].xml"] = TYPES.format(overrides=overrides).encode()
    files["_rels/.rels"] = RELATIONSHIPS.format(id=id, digest=hashlib.sha256(id.encode()).hexdigest()[:16].upper()).encode()
    with zipfile.ZipFile(Path(directory, f"{id}.{version}.nupkg"), "w") as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, TIME)
            entry.create_system = 3
            entry.external_attr = (0o100755 if name.endswith("/spec-kitty") else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, files[name], compresslevel=9)


def main(version, directory, *rids):
    description = "Native host of the Spec Kitty orchestrator contract"
    licence = {"LICENSE": (ROOT / "LICENSE").read_bytes()} if (ROOT / "LICENSE").exists() else {}
    for rid in rids:
        staged = ROOT / "artifacts" / "packages" / rid
        pack(directory, f"{ID}.{rid}", version, "DotnetToolRidPackage", f"{description}: the executable for {rid}", {
            f"tools/any/{rid}/DotnetToolSettings.xml": SETTINGS.encode(),
            f"tools/any/{rid}/spec-kitty": (ROOT / "dist" / rid / "spec-kitty").read_bytes(),
            "sbom.cdx.json": (staged / "sbom.cdx.json").read_bytes(),
            "NOTICES": (staged / "NOTICES").read_bytes(),
            **licence,
        })
    pack(directory, ID, version, "DotnetTool", description, {
        "tools/any/any/DotnetToolSettings.xml": POINTER.format(packages="".join(POINTED.format(rid=rid, id=f"{ID}.{rid}") for rid in rids)).encode(),
        **licence,
    })


main(*sys.argv[1:])
