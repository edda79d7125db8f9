using Microsoft.CodeAnalysis;

namespace SpecKitty.Generators.Diagnostics;

/// <summary>
/// Every diagnostic. 00xx reading a file, 01xx commands, tools and flags, 02xx errors, 03xx policy, 04xx lanes, 05xx payloads, 06xx events and
/// messages, 09xx the generator itself. A new one takes the next free number of its block, a page in docs/diagnostics, a row in
/// AnalyzerReleases.Unshipped.md and a test; a number is never used again.
/// </summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor MalformedJson = Error("SKA0001", "A schema is not JSON", "This is not JSON: {0}");
    public static readonly DiagnosticDescriptor Unreadable = Error("SKA0002", "A schema cannot be read", "The file cannot be read or is empty; it must hold one JSON object");
    public static readonly DiagnosticDescriptor RepeatedMember = Error("SKA0003", "A member is given twice", "'{0}' is given twice in this object; remove one of the two");
    public static readonly DiagnosticDescriptor UnknownMember = Error("SKA0004", "A member is unknown", "'{0}' is no member of {1}; it has: {2}");
    public static readonly DiagnosticDescriptor MissingMember = Error("SKA0005", "A member is missing", "'{0}' is missing in {1}; add it");
    public static readonly DiagnosticDescriptor WrongType = Error("SKA0006", "A value is of the wrong type", "'{0}' of {1} must be {2}");
    public static readonly DiagnosticDescriptor NotAllowed = Error("SKA0007", "A value is not one of those allowed", "'{0}' is no {1}; use one of: {2}");
    public static readonly DiagnosticDescriptor BadId = Error("SKA0008", "An id has the wrong form", "'{0}' cannot be {1}; it must look like {2}");
    public static readonly DiagnosticDescriptor WrongSchema = Error("SKA0009", "A file names another kind's schema", "'$schema' names '{0}', but this file is of kind '{1}'; name '{1}.schema.json'");
    public static readonly DiagnosticDescriptor UnknownKind = Error("SKA0010", "A file has no kind, or an unknown one", "The file's SchemaKind is '{0}'; set the item's SchemaKind metadata to one of: {1}");
    public static readonly DiagnosticDescriptor MissingKind = Error("SKA0011", "A schema is not there", "No additional file has the SchemaKind '{0}'; add the one that does");
    public static readonly DiagnosticDescriptor RepeatedKind = Error("SKA0012", "A schema is there twice", "Another file has the SchemaKind '{0}' already; there is only one of that kind");
    public static readonly DiagnosticDescriptor RepeatedId = Error("SKA0020", "An id is used twice", "The {0} '{1}' is there already, or gives the same name in C#; choose another id");
    public static readonly DiagnosticDescriptor UnknownLevel = Error("SKA0021", "A contract level is unknown", "'{0}' is no contract level; contract.json has: {1}");

    public static readonly DiagnosticDescriptor UnknownFlag = Error("SKA0101", "A flag is unknown", "'{0}' is no flag; add it to flags.json or use one of: {1}");
    public static readonly DiagnosticDescriptor BadFlag = Error("SKA0102", "A flag's members contradict one another", "{0} cannot have '{1}': {2}");
    public static readonly DiagnosticDescriptor UnlistedCommand = Error("SKA0103", "A command is not listed", "The command '{0}' is not in 'commands' of contract.json; add it where it belongs in the order");
    public static readonly DiagnosticDescriptor UnknownCommand = Error("SKA0104", "A listed command has no file", "No file describes the command '{0}'; add it to the commands or remove it here");
    public static readonly DiagnosticDescriptor UnreachableArgument = Error("SKA0105", "An argument cannot be reached", "'{0}' stands behind '{1}', which {2}; bring the arguments into another order");
    public static readonly DiagnosticDescriptor TakenWords = Error("SKA0106", "A tool's words are taken", "'{0}' would be taken for '{1}'; choose other words");
    public static readonly DiagnosticDescriptor ForeignExample = Error("SKA0107", "An example does not show its tool", "The example '{0}' does not begin with '{1}'");

    public static readonly DiagnosticDescriptor UnknownError = Error("SKA0201", "An error code is unknown", "'{0}' is no error code; add it to errors.json or use one of: {1}");
    public static readonly DiagnosticDescriptor NoFallback = Error("SKA0202", "A code needs a fallback", "{0} is not documented at every level, so it needs 'fallsBackTo'");
    public static readonly DiagnosticDescriptor BadFallback = Error("SKA0203", "A fallback is not served everywhere", "{0} cannot be a fallback: it is not documented at every level itself");
    public static readonly DiagnosticDescriptor NoPage = Error("SKA0204", "A code has no page", "No page explains {0}; write docs/errors/{0}.md");
    public static readonly DiagnosticDescriptor StrayPage = Error("SKA0205", "A page explains no code", "'{0}' is no error code; name the page after one of errors.json or remove it");
    public static readonly DiagnosticDescriptor IncompletePage = Error("SKA0206", "A page lacks a part", "The page of {0} needs '{1}' here or below, on a line of its own");

    public static readonly DiagnosticDescriptor UnknownPolicyField = Error("SKA0301", "A policy field is unknown", "'{0}' is no field of the policy that is a list; it has: {1}");
    public static readonly DiagnosticDescriptor BadPolicyField = Error("SKA0302", "A policy field's members contradict one another", "{0} cannot be both {1} and {2}");

    public static readonly DiagnosticDescriptor UnknownLane = Error("SKA0401", "A lane is unknown", "'{0}' is no lane; use one of: {1}");
    public static readonly DiagnosticDescriptor RepeatedEdge = Error("SKA0402", "An edge is there twice", "There is an edge {0} -> {1} already; remove one of the two");
    public static readonly DiagnosticDescriptor UnknownGuard = Error("SKA0403", "A guard is unknown", "'{0}' is no guard; use one of: {1}");
    public static readonly DiagnosticDescriptor UnknownInput = Error("SKA0404", "An input is unknown", "'{0}' is no input of the lane machine; use one of: {1}");
    public static readonly DiagnosticDescriptor BadCondition = Error("SKA0405", "A condition does not fit its input", "The condition '{0}' needs an input of type {1}, and '{2}' is none");

    public static readonly DiagnosticDescriptor UntypedField = Error("SKA0501", "A payload field has no type", "The field '{0}' has no type; add 'type'");
    public static readonly DiagnosticDescriptor UnknownType = Error("SKA0502", "A type is unknown", "'{0}' is no type; use string, int, long, bool, lane, json or payload, one of these with [] behind it or map: before it, or the id of a payload: {1}");
    public static readonly DiagnosticDescriptor NotSorted = Error("SKA0503", "A sorted payload is not sorted", "'{0}' must stand before '{1}': the payload's order is sorted");
    public static readonly DiagnosticDescriptor UnknownPayload = Error("SKA0504", "A payload is unknown", "No file describes a payload '{0}' of kind {1}");
    public static readonly DiagnosticDescriptor RepeatedKey = Error("SKA0505", "A payload has a key twice", "The key '{0}' is in '{1}' already, which this payload includes");

    public static readonly DiagnosticDescriptor UnknownPlaceholder = Error("SKA0601", "A placeholder has no parameter", "'{0}' stands for nothing here; known here: {1}");
    public static readonly DiagnosticDescriptor BrokenPlaceholder = Error("SKA0602", "A placeholder is not closed or not named", "The braces in this text are no placeholders; a placeholder is a name in braces");
    public static readonly DiagnosticDescriptor BadForeignRow = Error("SKA0603", "A foreign row is described twice over", "'{0}' cannot have both 'prefix' and 'values'");

    public static readonly DiagnosticDescriptor Internal = Error("SKA0901", "The generator has a defect", "The generator failed on {0}: {1}; report it with the schema");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "SpecKitty.Schemas", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: $"docs/diagnostics/{id}.md");
}
