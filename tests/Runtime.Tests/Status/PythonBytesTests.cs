using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Status;

internal sealed class PythonBytesTests
{
    [Test]
    public async Task Strings_have_the_bytes_that_Python_makes()
    {
        foreach (string line in File.ReadLines(Rows.Data("python-strings.txt")).Skip(1))
        {
            string[] parts = line.Split('\t', 2);
            string text = string.Concat(Enumerable.Range(0, parts[0].Length / 4).Select(i => (char)ushort.Parse(parts[0].AsSpan(i * 4, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
            await Assert.That(Line(text)).IsEqualTo("[" + parts[1] + ", " + parts[1] + "]");
        }
    }

    [Test]
    public async Task Strings_read_from_a_row_are_what_Python_reads()
    {
        foreach (string line in File.ReadLines(Rows.Data("python-strings.txt")).Skip(1))
        {
            string token = line.Split('\t', 2)[1];
            string text = JsonText.OfToken(Encoding.ASCII.GetBytes(token));
            await Assert.That(Line(text)).IsEqualTo("[" + token + ", " + token + "]");
        }
    }

    [Test]
    public async Task Values_have_the_bytes_that_Python_makes()
    {
        foreach (string line in File.ReadLines(Rows.Data("python-values.txt")).Skip(1))
        {
            string[] parts = line.Split('\t');
            using var document = JsonDocument.Parse(parts[0]);
            var buffer = new System.Buffers.ArrayBufferWriter<byte>();
            using (var writer = PythonJson.LineWriter(buffer))
            {
                JsonValues.Write(writer, document.RootElement);
            }

            var bytes = buffer.WrittenSpan.ToArray();
            await Assert.That(Encoding.UTF8.GetString(bytes.AsSpan(0, PythonJson.CloseLine(bytes)))).IsEqualTo(parts[1]);

            buffer.Clear();
            using (var writer = PythonJson.DocumentWriter(buffer))
            {
                JsonValues.Write(writer, document.RootElement);
            }

            await Assert.That(Encoding.UTF8.GetString(buffer.WrittenSpan)).IsEqualTo(JsonSerializer.Deserialize<string>(parts[2]));
        }
    }

    private static string Line(string text)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = PythonJson.LineWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(text);
            writer.WriteStringValue(text);
            writer.WriteEndArray();
        }

        var bytes = buffer.WrittenSpan.ToArray();
        return Encoding.UTF8.GetString(bytes.AsSpan(0, PythonJson.CloseLine(bytes)));
    }
}
