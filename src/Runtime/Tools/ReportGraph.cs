using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using SpecKitty.Contract;

namespace SpecKitty.Tools;

/// <summary>The dependency graph in columns: what waits for nothing on the left, everything else right of all it waits for.</summary>
internal sealed class ReportGraph
{
    private const int Width = 150, Height = 42, ColumnGap = 64, RowGap = 14, Margin = 8;

    private readonly Items<Node> _nodes = [];
    private readonly Dictionary<string, Node> _byId = new(StringComparer.Ordinal);
    private readonly Items<RunPackage> _alone = [];

    public ReportGraph(Run run)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var package in run.Packages)
        {
            foreach (string dependency in package.Dependencies)
            {
                needed.Add(dependency);
            }
        }

        foreach (var package in run.Packages)
        {
            if (package.Dependencies.Length == 0 && !needed.Contains(package.WpId))
            {
                _alone.Add(package);
                continue;
            }

            var node = new Node(package);
            _nodes.Add(node);
            _byId[package.WpId] = node;
        }

        foreach (var node in _nodes)
        {
            Layer(node);
        }

        Place();
    }

    public void Write(Html html)
    {
        html.Raw("<section aria-labelledby=deps><h2 id=deps>Dependencies</h2>");
        if (_nodes.Count > 0)
        {
            html.Raw("<p class=hint>An arrow leads from a work package to what waits for it; dashed while it still has to wait. The table of work packages lists the same.</p><div class=scroll tabindex=0 role=region aria-labelledby=deps>");
            Draw(html);
            html.Raw("</div>");
        }
        else
        {
            html.Raw("<p class=hint>No work package waits for another.</p>");
        }

        if (_alone.Count > 0 && _nodes.Count > 0)
        {
            html.Raw("<p class=hint style=\"margin:14px 0 0\">Without dependencies, and nothing depends on them:</p>");
        }

        if (_alone.Count > 0)
        {
            html.Raw("<ul class=alone>");
            foreach (var package in _alone)
            {
                html.Raw("<li class=\"chip ").Raw(ReportPage.ClassOf(package.Lane)).Raw("\">").Text(package.WpId).Raw("</li>");
            }

            html.Raw("</ul>");
        }

        html.Raw("</section>");
    }

    /// <summary>The longest way from a beginning; an edge that closes a cycle does not count. No recursion: a chain may be as long as there are work packages.</summary>
    private void Layer(Node start)
    {
        var path = new Stack<Node>();
        if (start.State == 0)
        {
            path.Push(start);
            start.State = 1;
        }

        while (path.Count > 0)
        {
            var node = path.Pop();
            int next = node.Next;
            var dependencies = node.Package.Dependencies;
            if (next == dependencies.Length)
            {
                node.State = 2;
                continue;
            }

            if (!_byId.TryGetValue(dependencies[next], out var dependency) || dependency == node)
            {
                node.Next = next + 1;
                path.Push(node);
            }
            else if (dependency.State == 0)
            {
                dependency.State = 1;
                path.Push(node);
                path.Push(dependency);
            }
            else
            {
                if (dependency.State == 2)
                {
                    node.Column = Math.Max(node.Column, dependency.Column + 1);
                }

                node.Next = next + 1;
                path.Push(node);
            }
        }
    }

    /// <summary>Rows: each near the middle of what it waits for, in order and without overlap.</summary>
    private void Place()
    {
        var all = _nodes.Part(0, _nodes.Count);
        all.Sort(static (a, b) => a.Column.CompareTo(b.Column));
        for (int begin = 0, end; begin < all.Count; begin = end)
        {
            end = begin + 1;
            while (end < all.Count && all[end].Column == all[begin].Column)
            {
                end++;
            }

            var column = all.Part(begin, end);
            foreach (var node in column)
            {
                double sum = 0;
                int count = 0;
                foreach (string dependency in node.Package.Dependencies)
                {
                    if (_byId.TryGetValue(dependency, out var before) && before.Column < node.Column)
                    {
                        sum += before.Row;
                        count++;
                    }
                }

                node.Wish = count == 0 ? 0 : sum / count;
            }

            column.Sort(static (a, b) => a.Wish != b.Wish ? a.Wish.CompareTo(b.Wish) : Run.CompareIds(a.Package.WpId, b.Package.WpId));
            double next = 0;
            foreach (var node in column)
            {
                node.Row = Math.Max(next, node.Wish);
                next = node.Row + 1;
            }
        }
    }

    private void Draw(Html html)
    {
        double right = 0, bottom = 0;
        foreach (var node in _nodes)
        {
            right = Math.Max(right, node.X + Width);
            bottom = Math.Max(bottom, node.Y + Height);
        }

        html.Raw("<svg class=graph role=img aria-labelledby=\"deps depsdesc\" width=\"").Number(right + Margin).Raw("\" height=\"").Number(bottom + Margin).Raw("\">")
            .Raw("<desc id=depsdesc>").Number((long)_nodes.Count).Raw(" work packages in columns, with arrows to those that wait for them.</desc>")
            .Raw("<defs><marker id=tip viewBox=\"0 0 8 8\" refX=7 refY=4 markerWidth=7 markerHeight=7 orient=auto><path d=\"M1 1L7 4L1 7\" style=\"opacity:1\"/></marker></defs>");
        foreach (var node in _nodes)
        {
            foreach (string dependency in node.Package.Dependencies)
            {
                if (_byId.TryGetValue(dependency, out var from))
                {
                    Edge(html, from, node);
                }
            }
        }

        foreach (var node in _nodes)
        {
            Box(html, node);
        }

        html.Raw("</svg>");
    }

    private static void Edge(Html html, Node from, Node to)
    {
        bool isBack = from.Column >= to.Column;
        double x1 = from.X + Width, y1 = from.Y + (Height / 2.0), x2 = to.X - 1, y2 = to.Y + (Height / 2.0);
        double bend = isBack ? ColumnGap : (x2 - x1) / 2;
        html.Raw("<path").Raw(isBack ? " class=back" : from.Package.Satisfies ? "" : " class=open").Raw(" marker-end=\"url(#tip)\" d=\"M").Number(x1).Raw(" ").Number(y1)
            .Raw("C").Number(x1 + bend).Raw(" ").Number(y1).Raw(" ").Number(x2 - bend).Raw(" ").Number(y2).Raw(" ").Number(x2).Raw(" ").Number(y2).Raw("\"/>");
    }

    private static void Box(Html html, Node node)
    {
        var package = node.Package;
        html.Raw("<g class=\"").Raw(ReportPage.ClassOf(package.Lane)).Raw("\"><title>").Text(package.WpId).Raw(" ").Text(package.Title).Raw(" – ").Raw(ReportPage.ShowLane(package.Lane)).Raw("</title>")
            .Raw("<rect class=box rx=8 width=150 height=42 x=\"").Number(node.X).Raw("\" y=\"").Number(node.Y).Raw("\"/>")
            .Raw("<rect width=5 height=26 rx=2.5 x=\"").Number(node.X + 8).Raw("\" y=\"").Number(node.Y + 8).Raw("\"/>")
            .Raw("<text x=\"").Number(node.X + 20).Raw("\" y=\"").Number(node.Y + 18).Raw("\">").Text(package.WpId).Raw("</text>")
            .Raw("<foreignObject width=122 height=18 x=\"").Number(node.X + 20).Raw("\" y=\"").Number(node.Y + 22).Raw("\"><div class=small>").Text(package.Title.Length > 0 ? package.Title : ReportPage.ShowLane(package.Lane))
            .Raw("</div></foreignObject></g>");
    }

    private sealed class Node(RunPackage package)
    {
        public RunPackage Package => package;

        /// <summary>0 not seen, 1 being looked at, 2 done.</summary>
        public int State { get; set; }

        /// <summary>Which of its dependencies is looked at next.</summary>
        public int Next { get; set; }

        public int Column { get; set; }

        public double Wish { get; set; }

        public double Row { get; set; }

        public double X => Margin + (Column * (double)(Width + ColumnGap));

        public double Y => Margin + (Row * (Height + RowGap));
    }
}
