using System;
using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Cli;

/// <summary>
/// argv without its values. A value-taking option takes the next argument whatever it looks like, and the last of several wins (HOST §7);
/// System.CommandLine decides both otherwise, so it is shown each option once, with a stand-in for the value.
/// </summary>
internal sealed class ArgvShape
{
    private const string StandIn = "value";
    private readonly List<string> _tokens = [];
    private readonly List<string> _canonical = [];

    private ArgvShape()
    {
    }

    /// <summary>What System.CommandLine gets to see.</summary>
    public string[] Tokens => _tokens.ToArray();

    /// <summary>The same call in the fast path's form: <c>--flag=value</c>, each once, no terminator.</summary>
    public ReadOnlySpan<string> Canonical => _canonical.ToArray();

    public static ArgvShape Of(ReadOnlySpan<string> args, ContractLevel level)
    {
        var shape = new ArgvShape();
        var definition = args.Length == 0 ? null : Find(args[0], level);
        if (definition is null)
        {
            shape._tokens.AddRange(args);
            return shape;
        }

        shape.Add(args[0], args[0]);
        for (int i = 1; i < args.Length; i++)
        {
            string token = args[i];
            if (token == "--")
            {
                // Behind the terminator everything is positional, and no command takes that.
                shape._tokens.AddRange(args[i..]);
                break;
            }

            int equals = token.IndexOf('=');
            string name = equals < 0 ? token : token[..equals];
            var flag = Flag(definition, name, level);
            if (flag is null || (flag.IsSwitch && equals >= 0))
            {
                shape.Add(token, token);
            }
            else if (flag.IsSwitch)
            {
                shape.Drop(flag);
                shape.Add(token, token);
            }
            else if (equals >= 0 || i + 1 < args.Length)
            {
                shape.Drop(flag);
                shape.Add($"{name}={StandIn}", equals >= 0 ? token : $"{name}={args[++i]}");
            }
            else
            {
                shape.Drop(flag);
                shape.Add(name, name);
            }
        }

        return shape;
    }

    private static CommandDefinition? Find(string name, ContractLevel level)
    {
        foreach (var definition in CommandTable.All)
        {
            if (definition.Name == name && definition.Since <= level)
            {
                return definition;
            }
        }

        return null;
    }

    private static FlagDefinition? Flag(CommandDefinition definition, string name, ContractLevel level)
    {
        foreach (var use in definition.Flags)
        {
            if ((use.Flag.Name == name || use.Flag.Negation == name) && use.Flag.Since <= level)
            {
                return use.Flag;
            }
        }

        return null;
    }

    private void Add(string token, string canonical)
    {
        _tokens.Add(token);
        _canonical.Add(canonical);
    }

    /// <summary>Forgets earlier uses of a flag: the last one wins. A switch with a value is no use of it, and stays to be refused.</summary>
    private void Drop(FlagDefinition flag)
    {
        for (int i = _tokens.Count - 1; i > 0; i--)
        {
            int equals = _tokens[i].IndexOf('=');
            string name = equals < 0 ? _tokens[i] : _tokens[i][..equals];
            if ((name == flag.Name || name == flag.Negation) && !(flag.IsSwitch && equals >= 0))
            {
                _tokens.RemoveAt(i);
                _canonical.RemoveAt(i);
            }
        }
    }
}
