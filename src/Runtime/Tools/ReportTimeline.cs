using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Tools;

/// <summary>Every work package through its lanes, a row each, on one axis of time.</summary>
internal static class ReportTimeline
{
    private const double Scale = 1000;
    private const double Thinnest = 1.2;
    private const int MostTicks = 6;

    /// <summary>Distances of ticks, in seconds.</summary>
    private static readonly long[] Steps =
        [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000];

    public static void Write(Html html, Run run)
    {
        html.Raw("<section aria-labelledby=time><h2 id=time>Timeline</h2>");
        if (run.End <= 0)
        {
            html.Raw("<p class=hint>Nothing has happened yet.</p></section>");
            return;
        }

        long end = Math.Max(run.End, run.Begin + Clock.MicrosecondsPerSecond);
        var ticks = Ticks(run.Begin, end);
        html.Raw("<p class=hint>Work and review are drawn thick, waiting thin. Times are UTC; what is still open ends at the last row.</p><ul class=legend>");
        bool[] shown = Shown(run);
        for (var lane = (Lane)0; (int)lane < shown.Length; lane++)
        {
            if (!shown[(int)lane])
            {
                continue;
            }

            html.Raw("<li class=\"chip ").Raw(ReportPage.ClassOf(lane)).Raw("\">").Raw(ReportPage.ShowLane(lane)).Raw("</li>");
        }

        html.Raw("</ul><table class=timeline><thead><tr><th scope=col class=name>WP<span class=t> and title</span></th><td><div class=axis aria-hidden=true>");
        for (int i = 0; i < ticks.Count; i++)
        {
            double at = Position(ticks[i], run.Begin, end) / Scale * 100;
            html.Raw("<span").Raw(at < 4 ? " class=first" : at > 96 ? " class=last" : "").Raw(" style=\"left:").Number(at).Raw("%\">").Text(Label(ticks, i)).Raw("</span>");
        }

        html.Raw("</div></td><th scope=col class=now>Now</th></tr></thead><tbody>");
        foreach (var package in run.Packages)
        {
            Row(html, package, run.Begin, end, ticks);
        }

        html.Raw("</tbody></table></section>");
    }

    private static void Row(Html html, RunPackage package, long begin, long end, List<long> ticks)
    {
        html.Raw("<tr><th scope=row><span class=wp>").Text(package.WpId).Raw("</span> <bdi class=t").Attribute("title", package.Title).Raw(">").Text(package.Title)
            .Raw("</bdi></th><td class=bar><svg role=img viewBox=\"0 0 1000 20\" preserveAspectRatio=none").Attribute("aria-label", Describe(package)).Raw("><path class=grid d=\"");
        foreach (long tick in ticks)
        {
            html.Raw("M").Number(Position(tick, begin, end)).Raw(" 0V20");
        }

        html.Raw("\"/>");
        foreach (var stay in package.Stays)
        {
            double x = Position(stay.From, begin, end), width = Math.Max(Position(stay.To, begin, end) - x, Thinnest);
            var (y, height) = stay.Lane switch
            {
                Lane.Claimed or Lane.InProgress or Lane.InReview => (2, 16),
                Lane.Done or Lane.Canceled => (9, 2),
                _ => (7, 6),
            };
            html.Raw("<rect class=").Raw(ReportPage.ClassOf(stay.Lane)).Raw(" x=\"").Number(Math.Min(x, Scale - Thinnest)).Raw("\" y=").Number((long)y)
                .Raw(" width=\"").Number(width).Raw("\" height=").Number((long)height).Raw("><title>").Text(Describe(package, stay)).Raw("</title></rect>");
        }

        html.Raw("</svg></td><td class=now><span class=\"chip ").Raw(ReportPage.ClassOf(package.Lane)).Raw("\">").Raw(ReportPage.ShowLane(package.Lane)).Raw("</span></td></tr>");
    }

    /// <summary>What the picture shows, in words.</summary>
    private static string Describe(RunPackage package)
    {
        var text = new StringBuilder(package.WpId);
        text.Append(": ");
        int shown = 0;
        foreach (var stay in package.Stays)
        {
            if (++shown > 12)
            {
                text.Append(", and more");
                break;
            }

            text.Append(shown == 1 ? "" : ", ").Append(ReportPage.ShowLane(stay.Lane)).Append(' ').Append(LogTime.Span(stay.Seconds));
        }

        return shown == 0 ? text.Append("planned, no rows").ToString() : text.ToString();
    }

    private static string Describe(RunPackage package, RunStay stay) =>
        package.WpId + " " + ReportPage.ShowLane(stay.Lane) + ", " + LogTime.Span(stay.Seconds) + (stay.IsOpen ? " so far" : "") + "\u00a0· from " + LogTime.Show(stay.From)
        + (stay.Move is { } move ? " by " + move.Actor + (move.Force ? ", forced" : "") + (move.Reason is { Length: > 0 } reason ? ": " + reason : "") : "");

    private static double Position(long time, long begin, long end) => (double)(time - begin) / (end - begin) * Scale;

    private static List<long> Ticks(long begin, long end)
    {
        long seconds = (end - begin) / Clock.MicrosecondsPerSecond, step = Steps[^1];
        foreach (long candidate in Steps)
        {
            if (seconds / candidate <= MostTicks)
            {
                step = candidate;
                break;
            }
        }

        step = Math.Max(step, seconds / MostTicks);
        step *= Clock.MicrosecondsPerSecond;
        var ticks = new List<long>();
        long first = begin >= 0 ? (begin + step - 1) / step * step : begin;
        for (long tick = first; tick <= end && ticks.Count <= MostTicks + 1; tick += step)
        {
            ticks.Add(tick);
        }

        return ticks;
    }

    /// <summary>The time; with the date where it is another than the tick's before. Whole days have no time.</summary>
    private static string Label(List<long> ticks, int index)
    {
        string text = LogTime.Show(ticks[index]), time = text[11..];
        bool isNewDay = index == 0 || !LogTime.Show(ticks[index - 1]).AsSpan(0, 10).SequenceEqual(text.AsSpan(0, 10));
        time = time.EndsWith(":00", StringComparison.Ordinal) ? time[..5] : time;
        return !isNewDay ? time : time == "00:00" ? text[..10] : text[5..10] + " " + time;
    }

    /// <summary>Which lanes the timeline shows.</summary>
    private static bool[] Shown(Run run)
    {
        bool[] lanes = new bool[Lanes.Count];
        foreach (var package in run.Packages)
        {
            foreach (var stay in package.Stays)
            {
                lanes[(int)(stay.Lane == Lane.Genesis ? Lane.Planned : stay.Lane)] = true;
            }
        }

        return lanes;
    }
}
