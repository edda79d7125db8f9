using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Tools;

/// <summary>The report as one page of HTML that needs nothing else: no script, no font, no picture, no network.</summary>
internal static class ReportPage
{
    public static byte[] Write(ReportDocument document, Run run, Items<RunMove> moves, string title)
    {
        var html = new Html();
        html.Raw("<!doctype html>\n<html lang=en><head><meta charset=utf-8><meta name=viewport content=\"width=device-width, initial-scale=1\">")
            .Raw("<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>").Text(title).Raw(" – run report</title>\n<style>\n")
            .Raw(ReportStyle.Css).Raw("\n</style></head>\n<body><header><h1>").Name(title).Raw("</h1><p class=sub>").Name(document.Identity.MissionSlug);
        if (document.Identity.MissionId is { } id)
        {
            html.Raw(" · ").Text(id);
        }

        if (run.End > 0)
        {
            html.Raw(" · as of ").Text(LogTime.Show(run.End)).Raw(" UTC");
        }

        html.Raw("</p>");
        Figures(html, document, run);
        html.Raw("</header>\n<main>");
        if (document.Warnings.Length > 0)
        {
            html.Raw("<section aria-labelledby=odd><h2 id=odd>Odd, and passed over</h2>");
            foreach (string warning in document.Warnings)
            {
                html.Raw("<p class=warn>").Text(warning).Raw("</p>");
            }

            html.Raw("</section>");
        }

        ReportTimeline.Write(html, run);
        html.Raw("\n");
        new ReportGraph(run).Write(html);
        html.Raw("\n");
        Packages(html, run);
        Actors(html, run);
        Moves(html, moves);
        html.Raw("</main>\n<footer>Made by spec-kitty ").Text(BuildVersion.Text).Raw(" from the mission’s event log.</footer></body></html>\n");
        return html.ToUtf8();
    }

    /// <summary>A lane's class, which is its name.</summary>
    public static string ClassOf(Lane lane) => Lanes.Name(lane == Lane.Genesis ? Lane.Planned : lane);

    /// <summary>A lane's name for people.</summary>
    public static string ShowLane(Lane lane) => ClassOf(lane).Replace('_', ' ');

    private static void Figures(Html html, ReportDocument document, Run run)
    {
        int done = 0, rework = 0;
        long cycles = 0, queue = 0;
        int cycled = 0;
        foreach (var package in run.Packages)
        {
            done += package.Satisfies ? 1 : 0;
            rework += package.Rework;
            queue += package.QueueSeconds;
            cycles += package.CycleSeconds ?? 0;
            cycled += package.CycleSeconds is null ? 0 : 1;
        }

        html.Raw("<dl class=figures>");
        Figure(html, "Approved or done", $"{Text(done)} of {Text(run.Packages.Count)}");
        Figure(html, "From first claim to last row", document.DurationSeconds is { } duration ? LogTime.Span(duration) : "–");
        Figure(html, "Cycle time, on average", cycled > 0 ? LogTime.Span(cycles / cycled) : "–");
        Figure(html, "Waited for review", LogTime.Span(queue));
        Figure(html, "Sent back", rework == 0 ? "never" : rework == 1 ? "once" : Text(rework) + " times");
        Figure(html, "Actors", Text(run.Actors.Count));
        html.Raw("</dl>");
    }

    private static void Figure(Html html, string name, string value) => html.Raw("<div><dt>").Text(name).Raw("</dt><dd>").Text(value).Raw("</dd></div>");

    private static void Packages(Html html, Run run)
    {
        html.Raw("<section aria-labelledby=wps><h2 id=wps>Work packages</h2><p class=hint>Cycle: from the first claim to the last approval. Ready: unclaimed although nothing stood in the way.</p>")
            .Raw("<div class=scroll tabindex=0 role=region aria-labelledby=wps><table class=data><thead><tr><th scope=col>WP<th scope=col>Title<th scope=col>Lane<th scope=col>Needs<th scope=col class=n>Cycle<th scope=col class=n>Ready")
            .Raw("<th scope=col class=n>Work<th scope=col class=n>Queue<th scope=col class=n>Review<th scope=col class=n>Blocked<th scope=col class=n>Rework<th scope=col class=n>Forced<th scope=col>Implemented by<th scope=col>Reviewed by</tr></thead><tbody>");
        foreach (var package in run.Packages)
        {
            html.Raw("<tr><th scope=row class=wp>").Text(package.WpId).Raw("</th><td class=\"wrap title\">").Name(package.Title).Raw("</td><td><span class=\"chip ").Raw(ClassOf(package.Lane)).Raw("\">").Raw(ShowLane(package.Lane))
                .Raw("</span></td><td class=\"wrap needs\">").Text(string.Join(", ", package.Dependencies)).Raw("</td>").Span(package.CycleSeconds).Span(package.ReadySeconds).Span(package.WorkSeconds).Span(package.QueueSeconds)
                .Span(package.ReviewSeconds).Span(package.BlockedSeconds).Count(package.Rework).Count(package.Forced);
            Names(html, package.Implementers);
            Names(html, package.Reviewers);
            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div></section>\n");
    }

    private static void Names(Html html, List<string> names)
    {
        html.Raw("<td class=wrap>");
        for (int i = 0; i < names.Count; i++)
        {
            html.Raw(i == 0 ? "" : ", ").Name(names[i]);
        }

        html.Raw("</td>");
    }

    private static void Actors(Html html, Run run)
    {
        if (run.Actors.Count == 0)
        {
            return;
        }

        html.Raw("<section aria-labelledby=who><h2 id=who>Who did what</h2><div class=scroll tabindex=0 role=region aria-labelledby=who><table class=data><thead><tr><th scope=col>Actor<th scope=col class=n>Started<th scope=col class=n>Submitted")
            .Raw("<th scope=col class=n>Reviews begun<th scope=col class=n>Approved<th scope=col class=n>Sent back<th scope=col class=n>Forced<th scope=col class=n>Time at work<th scope=col class=n>Time in review<th scope=col class=n>Rows</tr></thead><tbody>");
        foreach (var actor in run.Actors)
        {
            html.Raw("<tr><th scope=row class=wrap>").Name(actor.Name).Raw("</th>").Count(actor.Started).Count(actor.Submitted).Count(actor.Reviewed).Count(actor.Approved).Count(actor.Returned).Count(actor.Forced)
                .Span(actor.WorkSeconds).Span(actor.ReviewSeconds).Count(actor.Rows).Raw("</tr>");
        }

        html.Raw("</tbody></table></div></section>\n");
    }

    private static void Moves(Html html, Items<RunMove> moves)
    {
        html.Raw("<section aria-labelledby=all><h2 id=all>Every move</h2><details><summary>").Number((long)moves.Count)
            .Raw(" rows</summary><div class=scroll tabindex=0 role=region aria-labelledby=all><table class=data><thead><tr><th scope=col>At (UTC)<th scope=col>WP<th scope=col>From<th scope=col>To<th scope=col>By<th scope=col>Reason</tr></thead><tbody>");
        foreach (var move in moves)
        {
            html.Raw("<tr>").Cell(move.Time is { } time ? LogTime.Show(time) : move.At).Cell(move.WpId).Cell(ShowLane(move.From)).Raw("<td><span class=\"chip ").Raw(ClassOf(move.To)).Raw("\">").Raw(ShowLane(move.To))
                .Raw(move.Force ? " (forced)" : "").Raw("</span></td><td class=wrap>").Name(move.Actor).Raw("</td><td class=wrap>").Name(move.Reason).Raw("</td></tr>");
        }

        html.Raw("</tbody></table></div></details></section>\n");
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
