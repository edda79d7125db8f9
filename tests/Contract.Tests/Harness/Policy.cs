using System;
using System.Collections.Generic;
using System.Text.Json;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>Policy metadata that passes, and ways to spoil it.</summary>
internal static class Policy
{
    /// <summary>The fields that have to be there, in the order in which they are checked.</summary>
    internal static readonly string[] Required =
        ["orchestrator_id", "orchestrator_version", "agent_family", "approval_mode", "sandbox_mode", "network_mode", "dangerous_flags"];

    internal static string Valid { get; } = With();

    /// <summary>The valid policy with some members replaced or added.</summary>
    internal static string With(params (string Name, object? Value)[] changes)
    {
        var members = Members();
        foreach (var (name, value) in changes)
        {
            members[name] = value;
        }

        return JsonSerializer.Serialize(members);
    }

    internal static string Without(string name)
    {
        var members = Members();
        members.Remove(name);
        return JsonSerializer.Serialize(members);
    }

    private static Dictionary<string, object?> Members() => new(StringComparer.Ordinal)
    {
        ["orchestrator_id"] = "tests",
        ["orchestrator_version"] = "1.0.0",
        ["agent_family"] = "codex",
        ["approval_mode"] = "never",
        ["sandbox_mode"] = "workspace_write",
        ["network_mode"] = "none",
        ["dangerous_flags"] = Array.Empty<string>(),
    };
}
