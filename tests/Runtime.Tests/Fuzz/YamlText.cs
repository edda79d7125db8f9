using System.Collections.Generic;
using System.Linq;
using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Fuzz;

/// <summary>A YAML value as text, to compare what two readers made of a file.</summary>
internal static class YamlText
{
    public static string Of(YamlValue? value) => value?.Kind switch
    {
        null => "missing",
        YamlKind.Sequence => "[" + string.Join(", ", value.Items.Texts(Of)) + "]",
        YamlKind.Mapping => "{" + string.Join(", ", value.Keys.Zip(value.Items.Texts(Of), static (key, item) => key + "=" + item)) + "}",
        _ => value.Kind + "<" + value.Text + ">",
    };
}
