namespace SpecKitty.Generators.Model;

/// <summary>A condition and what is said when it does not hold.</summary>
internal sealed record ConditionModel(Reference Input, string Is, Reference? Other, string Message)
{
    /// <summary>The input has something in it besides white space.</summary>
    public const string NonBlank = "non_blank";

    /// <summary>The input is true.</summary>
    public const string True = "true";

    /// <summary>The input is not there, or is the same as the other one.</summary>
    public const string AbsentOrEqual = "absent_or_equal";
}
