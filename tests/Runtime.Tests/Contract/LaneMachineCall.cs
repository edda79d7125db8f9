using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Contract;

/// <summary>Calls the lane machine with inputs by name. They live on the stack alone, where reflection cannot put them, so the call is emitted.</summary>
internal static class LaneMachineCall
{
    private static readonly PropertyInfo[] Inputs = typeof(GuardInputs).GetProperties();
    private static readonly Func<Lane, Lane, bool, object?[], ContractLevel, string?> Call = Emit();

    /// <summary>Every input's C# name.</summary>
    public static IEnumerable<string> Names => Inputs.Select(static input => input.Name);

    /// <summary>What the lane machine says; inputs that are not given are null or false.</summary>
    public static string? Reject(Lane from, Lane to, bool force, IReadOnlyDictionary<string, object?> inputs, ContractLevel level) =>
        Call(from, to, force, [.. Inputs.Select(input => inputs.GetValueOrDefault(input.Name) ?? (input.PropertyType == typeof(bool) ? false : null))], level);

    private static Func<Lane, Lane, bool, object?[], ContractLevel, string?> Emit()
    {
        var method = new DynamicMethod("Reject", typeof(string), [typeof(Lane), typeof(Lane), typeof(bool), typeof(object?[]), typeof(ContractLevel)], typeof(LaneMachineCall).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var inputs = il.DeclareLocal(typeof(GuardInputs));
        for (int i = 0; i < Inputs.Length; i++)
        {
            il.Emit(OpCodes.Ldloca, inputs);
            il.Emit(OpCodes.Ldarg_3);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Unbox_Any, Inputs[i].PropertyType);
            il.Emit(OpCodes.Call, Inputs[i].SetMethod!);
        }

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldloca, inputs);
        il.Emit(OpCodes.Ldarg, 4);
        il.Emit(OpCodes.Call, typeof(LaneMachine).GetMethod(nameof(LaneMachine.Reject))!);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<Lane, Lane, bool, object?[], ContractLevel, string?>>();
    }
}
