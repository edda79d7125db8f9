#!/usr/bin/env python3
"""What is linked into an executable: as a CycloneDX bill of materials, and as the notices that its licences ask for.

Arguments: RID, version, directory for sbom.cdx.json and NOTICES. It reads the compiler's map of the executable, not the project alone: a package
counts if code of it was linked in. The .NET runtime's managed code and its native libraries come in a package each. Nothing here is
random; the time is that of the commit (SOURCE_DATE_EPOCH), and the serial number follows from the executable.
"""
import base64
import datetime
import hashlib
import json
import os
import sys
import uuid
import xml.etree.ElementTree as xml
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def die(message):
    sys.exit(f"publish.sh: {message}")


def package_directory(name, version):
    home = Path(os.environ.get("NUGET_PACKAGES") or Path.home() / ".nuget" / "packages")
    directory = home / name.lower() / version
    if not directory.is_dir():
        die(f"the package {name} {version} is not in {home}; restore it: ./publish.sh")
    return directory


class Component:
    """One package of NuGet, by its own nuspec."""

    def __init__(self, name, version):
        self.directory = package_directory(name, version)
        fields = {element.tag.split("}")[1]: element for element in xml.parse(next(self.directory.glob("*.nuspec"))).getroot()[0]}
        self.name, self.version = fields["id"].text, fields["version"].text
        self.authors, self.copyright = fields["authors"].text, fields["copyright"].text.replace("\u00a9", "Copyright (c)")
        self.licence, self.website = fields["license"].text, fields["projectUrl"].text
        self.description = " ".join(fields["description"].text.split())
        self.source, self.commit = fields["repository"].get("url"), fields["repository"].get("commit")
        if self.licence != "MIT":
            die(f"{self.name} is under {self.licence}; packaging/components.py knows the notice of MIT alone")

    @classmethod
    def of_library(cls, name, version):
        """None for a package without an assembly for the executable: analyzers, the compiler itself."""
        return cls(name, version) if any(package_directory(name, version).glob("lib/*/*.dll")) else None

    @property
    def reference(self):
        return f"pkg:nuget/{self.name}@{self.version}"

    def assemblies(self):
        return {file.stem for file in self.directory.glob("lib/*/*.dll")}

    def cyclonedx(self):
        sha512 = next(self.directory.glob("*.nupkg.sha512")).read_text().strip()
        return {
            "type": "library",
            "bom-ref": self.reference,
            "authors": [{"name": self.authors}],
            "name": self.name,
            "version": self.version,
            "description": self.description,
            "scope": "required",
            "hashes": [{"alg": "SHA-512", "content": base64.b64decode(sha512).hex()}],
            "licenses": [{"license": {"id": self.licence}}],
            "copyright": self.copyright,
            "purl": self.reference,
            "externalReferences": [{"type": "website", "url": self.website}, {"type": "vcs", "url": self.source, "comment": self.commit}],
        }


def locked():
    """The packages that the committed lock file names for the executable, with their versions."""
    targets = json.loads((ROOT / "src/Runtime/packages.lock.json").read_text(encoding="utf-8"))["dependencies"]
    return {name: entry["resolved"] for packages in targets.values() for name, entry in packages.items() if "resolved" in entry}


def components_of(rid):
    versions = locked()
    compiler = versions["Microsoft.DotNet.ILCompiler"]
    linked = (ROOT / "dist" / "symbols" / rid / "spec-kitty.map.xml").read_text(encoding="utf-8")
    found = [Component(f"Microsoft.NETCore.App.Runtime.NativeAOT.{rid}", compiler), Component(f"runtime.{rid}.Microsoft.DotNet.ILCompiler", compiler)]
    for name, version in versions.items():
        component = Component.of_library(name, version)
        # The compiler's names of methods begin with their assembly's.
        if component and any(f'<MethodCode Name="{assembly.replace(".", "_").replace("-", "_")}_' in linked for assembly in component.assemblies()):
            found.append(component)
    return sorted(found, key=lambda component: component.name.lower())


def bill_of_materials(rid, version, components):
    executable = (ROOT / "dist" / rid / "spec-kitty").read_bytes()
    digest = hashlib.sha256(executable).hexdigest()
    reference = f"pkg:generic/spec-kitty@{version}?rid={rid}"
    time = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, reference + '#' + digest)}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": reference,
                "name": "spec-kitty",
                "version": version,
                "hashes": [{"alg": "SHA-256", "content": digest}],
                "purl": reference,
            },
        },
        "components": [component.cyclonedx() for component in components],
        "dependencies": [{"ref": reference, "dependsOn": [component.reference for component in components]}]
        + [{"ref": component.reference} for component in components],
    }


def notices(version, components):
    """A file that is Debian's copyright file too: free text, which its policy allows."""
    licence = ROOT / "LICENSE"
    yield f"spec-kitty {version}: what the executable is made of, and under which licences.\n\n"
    yield licence.read_text(encoding="utf-8") if licence.exists() else "The sources of spec-kitty name no licence of their own yet: all rights are with their authors.\n"
    yield "\nLinked into the executable:\n\n"
    for component in components:
        yield f"  {component.name} {component.version}, {component.website}\n    {component.copyright}; licence: {component.licence}\n"
    yield "\nThe licence named MIT:\n\n" + MIT
    yield "\nWhat the .NET runtime contains in its turn, in its own words:\n\n"
    seen = set()
    for component in components:
        file = component.directory / "THIRD-PARTY-NOTICES.TXT"
        if file.exists() and file.read_bytes() not in seen:
            seen.add(file.read_bytes())
            yield file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")


def main(rid, version, directory):
    components = components_of(rid)
    Path(directory, "sbom.cdx.json").write_text(json.dumps(bill_of_materials(rid, version, components), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    Path(directory, "NOTICES").write_text("".join(notices(version, components)), encoding="utf-8")


main(*sys.argv[1:])
