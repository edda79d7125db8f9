using System;
using System.Text;
using System.Text.Json;
using SpecKitty.Missions;
using SpecKitty.Platform;
using SpecKitty.Status;

namespace SpecKitty.Tools;

/// <summary>What people call a mission: no call of the contract wants it.</summary>
internal static class MissionTitles
{
    private const int MaxBytes = 10 * 1024 * 1024;
    private const int MaxDepth = 1000;

    /// <summary>friendly_name of meta.json; the slug where it has none.</summary>
    /// <param name="mission">A mission that was resolved: its meta.json is an object, or is not there.</param>
    public static string Of(Mission mission)
    {
        var outcome = ProjectFiles.TryRead(mission.Project.Root, mission.RelativePathOf("meta.json"), MaxBytes, out var bytes);
        using (bytes)
        {
            var json = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes.Span[Encoding.UTF8.Preamble.Length..] : bytes.Span;
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!outcome.IsOk || json.IsEmpty || !JsonDocument.TryParseValue(ref reader, out var document))
            {
                return mission.Identity.MissionSlug;
            }

            using (document)
            {
                bool isThere = document.RootElement.TryGetProperty("friendly_name", out var name) && name.ValueKind == JsonValueKind.String;
                string title = isThere ? JsonText.OfToken(Encoding.UTF8.GetBytes(name.GetRawText())) : "";
                return title.Length > 0 ? title : mission.Identity.MissionSlug;
            }
        }
    }
}
