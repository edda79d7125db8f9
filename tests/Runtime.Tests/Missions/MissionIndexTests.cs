using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;
using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

internal sealed class MissionIndexTests
{
    private static readonly string[] Directories = ["077-scale", "scale", "077-x-01JQ8Z4T", "x-01JQ8Z4T", "007-y", "y-20260101", "scale-01JR0000", "z"];

    private static readonly string?[] Metas =
    [
        null, "", "{", "[]", "{}", "not json scale", """{"mission_id": "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D"}""", """{"mission_id": "01JR0000000000000000000000", "mission_slug": "scale"}""",
        """{"slug": "x", "mission_number": 77}""", """{"mission_number": "0077"}""", """{"mission_number": 7.7e1, "mission_slug": "y"}""", """{"mission_number": 77.0}""", """{"mission_number":7}""",
        """{"mission_number": null}""", """{"mission_number": 0}""", """{"mission_number": 1, "mission_number": 7}""", """{"mission\u005fnumber": 77}""", """{"mission_slug": "sc\u0061le"}""",
        """{"mid8": "01JQ8Z4T"}""", """{"mid8": "20260101", "slug": "y"}""", """{"mission_slug": 5, "slug": "scale"}""", """{"friendly_name": "scale"}""", """{"mission_number": "TBD", "slug": "077"}""",
        "\uFEFF{\"slug\": \"scale\"}", """{"mission_slug": "scale"} x""",
    ];

    private static readonly string[] Selectors = ["scale", "x", "y", "z", "077", "007", "000", "001", "01JQ8Z4T", "01JR0000", "20260101", "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D", "x-01JQ8Z4T", "5"];

    /// <summary>Not taking apart what cannot matter changes no answer.</summary>
    [Test]
    public void Looking_only_at_what_may_matter_finds_what_looking_at_everything_finds() =>
        Gen.Select(Gen.Int[0, Metas.Length - 1].Array[Directories.Length], Gen.Int[0, Selectors.Length - 1].Array[4]).Sample(
            (metas, selectors) =>
            {
                using var scene = new Scene();
                for (int i = 0; i < metas.Length; i++)
                {
                    scene.Mission(Directories[i], Metas[metas[i]]);
                }

                return selectors.All(s => Names(MissionIndex.Find(scene.Project, Selectors[s], out _).ToArray()) == Names(Everything(scene, Selectors[s])));
            },
            iter: 300);

    private static string Names(IEnumerable<MissionIndexEntry> entries) => string.Join(' ', entries.Select(e => e.Directory + e.HasMeta + e.Meta.MissionSlug));

    private static List<MissionIndexEntry> Everything(Scene scene, string selector)
    {
        var entries = Directories.Order(StringComparer.Ordinal).Select(directory =>
        {
            var read = MissionSelector.ReadMeta(scene.Project, directory, null, out var meta, out string? problem);
            return new MissionIndexEntry(directory, meta, read.IsOk && problem is null);
        }).ToList();
        var certain = entries.FindAll(e => e.HasMeta && e.Matches(selector));
        return certain.Count > 0 ? certain : entries.FindAll(e => e.HasMeta ? e.MatchesNumber(selector) : e.MatchesName(selector));
    }
}
