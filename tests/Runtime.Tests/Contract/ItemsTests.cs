using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Contract;

/// <summary>The list is held against the framework's.</summary>
internal sealed class ItemsTests
{
    [Test]
    public void Whatever_is_done_to_it_is_done_to_the_frameworks_list_too() =>
        Gen.Select(Gen.Int, Gen.Int[0, 20], Gen.Int[1, 200]).Sample(Agrees, iter: 2_000);

    [Test]
    [Arguments(-1)]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(7)]
    public async Task There_is_nothing_outside_of_it_though_there_is_room(int index)
    {
        var list = new Items<string>(8) { "one" };

        await Assert.That(() => list[index]).Throws<ArgumentOutOfRangeException>();
        await Assert.That(() => list[index] = "two").Throws<ArgumentOutOfRangeException>();
        await Assert.That(() => list.RemoveAt(index)).Throws<ArgumentException>();
        await Assert.That(list.ToArray()).IsEquivalentTo(new[] { "one" });
    }

    [Test]
    public async Task A_list_can_be_added_to_itself()
    {
        Items<string> list = ["a", "b"];
        list.AddRange(list);

        await Assert.That(string.Concat(list.ToArray())).IsEqualTo("abab");
    }

    private static bool Agrees(int seed, int capacity, int steps)
    {
        var random = new Random(seed);
        var list = new Items<string>(capacity);
        var model = new List<string>();
        for (int step = 0; step < steps; step++)
        {
            string text = random.Next(50).ToString(CultureInfo.InvariantCulture);
            int place = random.Next(model.Count + 1);
            bool isThere = place < model.Count;
            switch (random.Next(isThere ? 8 : 4))
            {
                case 0 or 1:
                    list.Add(text);
                    model.Add(text);
                    break;
                case 2:
                    list.Insert(place, text);
                    model.Insert(place, text);
                    break;
                case 3:
                    int end = random.Next(place, model.Count + 1);
                    (list, model) = random.Next(4) == 0 ? (list.Part(place, end), model[place..end]) : (list, model);
                    break;
                case 4:
                    list.RemoveAt(place);
                    model.RemoveAt(place);
                    break;
                case 5:
                    list[place] = text;
                    model[place] = text;
                    break;
                case 6:
                    list.Sort(string.CompareOrdinal);
                    model.Sort(string.CompareOrdinal);
                    break;
                default:
                    var part = model[..(place + 1)];
                    list.AddRange(list.Part(0, place + 1));
                    model.AddRange(part);
                    break;
            }

            if (!Same(list, model, text))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Same(Items<string> list, List<string> model, string text)
    {
        var seen = new List<string>();
        foreach (string item in list)
        {
            seen.Add(item);
        }

        return list.Count == model.Count
            && seen.SequenceEqual(model)
            && list.ToArray().SequenceEqual(model)
            && list.Cast<string>().SequenceEqual(model)
            && list.Texts(static item => item + "!").SequenceEqual(model.Select(static item => item + "!"))
            && list.Find(item => item == text) == model.Find(item => item == text)
            && list.Exists(item => item == text) == model.Contains(text);
    }
}
