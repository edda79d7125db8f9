using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Threading.Tasks;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests;

/// <summary>The native executable has a Regex that finds everything (Trimming/Substitutions.xml): nobody may ask it anything that matters.</summary>
internal sealed class NoRegularExpressionsTests
{
    private const string Engine = "System.Text.RegularExpressions";

    [Test]
    public async Task Only_YamlDotNet_refers_to_regular_expressions()
    {
        string own = typeof(Mission).Assembly.Location;
        var checkedNames = new List<string>();
        foreach (string path in (string[])[own, .. References(own)])
        {
            string name = Path.GetFileNameWithoutExtension(path);
            checkedNames.Add(name);
            await Assert.That(Uses(path)).IsEqualTo(name == "YamlDotNet");
        }

        await Assert.That(checkedNames).Contains("spec-kitty").And.Contains("YamlDotNet").And.Contains("System.CommandLine");
    }

    /// <summary>The libraries that the executable refers to and that come with it, not with the framework.</summary>
    private static List<string> References(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var paths = new List<string>();
        foreach (var handle in metadata.AssemblyReferences)
        {
            string path = Path.Combine(AppContext.BaseDirectory, metadata.GetString(metadata.GetAssemblyReference(handle).Name) + ".dll");
            if (File.Exists(path))
            {
                paths.Add(path);
            }
        }

        return paths;
    }

    private static bool Uses(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        foreach (var handle in metadata.AssemblyReferences)
        {
            if (metadata.GetString(metadata.GetAssemblyReference(handle).Name) == Engine)
            {
                return true;
            }
        }

        return false;
    }
}
