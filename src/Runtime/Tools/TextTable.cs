using System;
using System.Collections.Generic;
using System.Text;

namespace SpecKitty.Tools;

/// <summary>Rows in columns. On a terminal they fit its width: the widest columns give way first.</summary>
/// <param name="header">The columns' names.</param>
internal sealed class TextTable(params string[] header)
{
    private const string Gap = "  ";
    private const int Narrowest = 8;

    private readonly List<string[]> _rows = [header];

    /// <summary>Adds a row; texts are made harmless.</summary>
    public void Add(params ReadOnlySpan<string?> cells)
    {
        var row = new string[cells.Length];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = DisplayText.Safe(cells[i]);
        }

        _rows.Add(row);
    }

    /// <summary>The lines, header first.</summary>
    /// <param name="width">The columns there are; 0 for no end.</param>
    public List<string> Lines(int width)
    {
        var widths = Widths(width);
        var lines = new List<string>(_rows.Count);
        foreach (string[] row in _rows)
        {
            var line = new StringBuilder();
            for (int i = 0; i < row.Length; i++)
            {
                line.Append(i == 0 ? "" : Gap).Append(DisplayText.Fit(row[i], widths[i]));
            }

            lines.Add(line.ToString().TrimEnd(' '));
        }

        return lines;
    }

    private int[] Widths(int width)
    {
        var widths = new int[header.Length];
        int total = Gap.Length * (widths.Length - 1);
        for (int i = 0; i < widths.Length; i++)
        {
            foreach (string[] row in _rows)
            {
                widths[i] = Math.Max(widths[i], DisplayText.Width(row[i]));
            }

            total += widths[i];
        }

        for (; width > 0 && total > width; total--)
        {
            int widest = 0;
            for (int i = 1; i < widths.Length; i++)
            {
                widest = widths[i] >= widths[widest] ? i : widest;
            }

            if (widths[widest] <= Narrowest)
            {
                break;
            }

            widths[widest]--;
        }

        return widths;
    }
}
