using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace SpecKitty.Mutation;

/// <summary>
/// Puts every mutant of a file into it at once, each behind <c>Mutants.Is(id)</c>: the file is compiled once, and one number chooses what it does. Initializers of
/// fields, constants, attributes and patterns cannot choose at run time and are left alone.
/// </summary>
internal sealed class MutantRewriter : CSharpSyntaxRewriter
{
    /// <summary>Marks the outermost node of a mutant with its number, to find it again where it does not compile.</summary>
    public const string Mark = "mutant";

    private readonly SemanticModel _model;
    private readonly string _room;
    private readonly string _file;
    private readonly bool _isLaneMachine;
    private readonly IReadOnlySet<string> _given;
    private readonly List<Mutant> _mutants;
    private readonly Dictionary<string, int> _alike = [];

    /// <param name="model">Of the file as it is.</param>
    /// <param name="room">For the mutants.</param>
    /// <param name="file">For the mutants.</param>
    /// <param name="isLaneMachine">Whether edges of the lane machine may be taken out and put in.</param>
    /// <param name="givenUp">Places and kinds that did not compile.</param>
    /// <param name="mutants">Takes the mutants.</param>
    public MutantRewriter(SemanticModel model, string room, string file, bool isLaneMachine, IReadOnlySet<string> givenUp, List<Mutant> mutants)
    {
        _model = model;
        _room = room;
        _file = file;
        _isLaneMachine = isLaneMachine;
        _given = givenUp;
        _mutants = mutants;
    }

    /// <summary>What a mutant is called while it is tried whether it compiles.</summary>
    public static string PlaceOf(SyntaxNode node, string kind) => $"{node.SyntaxTree.FilePath}@{node.SpanStart}+{node.Span.Length}:{kind}";

    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node) => node;

    public override SyntaxNode? VisitAttributeList(AttributeListSyntax node) => node;

    public override SyntaxNode? VisitEnumDeclaration(EnumDeclarationSyntax node) => node;

    public override SyntaxNode? VisitParameterList(ParameterListSyntax node) => node;

    public override SyntaxNode? VisitConstantPattern(ConstantPatternSyntax node) => node;

    public override SyntaxNode? VisitRelationalPattern(RelationalPatternSyntax node) => node;

    public override SyntaxNode? VisitCaseSwitchLabel(CaseSwitchLabelSyntax node) => node;

    public override SyntaxNode? VisitStackAllocArrayCreationExpression(StackAllocArrayCreationExpressionSyntax node) => node;

    public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node) =>
        node.Initializer is null ? base.VisitPropertyDeclaration(node) : node;

    public override SyntaxNode? VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node) =>
        node.IsConst ? node : base.VisitLocalDeclarationStatement(node);

    public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        var visited = (ExpressionSyntax)base.VisitBinaryExpression(node)!;
        foreach (var (kind, token) in Others(node))
        {
            if (!Declares(node))
            {
                var other = node.WithOperatorToken(Token(node.OperatorToken.LeadingTrivia, token, node.OperatorToken.TrailingTrivia));
                visited = Choose(node, visited, ParseExpression(other.ToString()), kind);
            }
        }

        if (node.IsKind(SyntaxKind.CoalesceExpression) && !Declares(node))
        {
            visited = Choose(node, visited, node.Right, "right only");
            visited = _isLaneMachine ? Choose(node, visited, node.Left, "left only") : visited;
        }

        return visited;
    }

    public override SyntaxNode? VisitLiteralExpression(LiteralExpressionSyntax node) => node.Kind() switch
    {
        // A loop that ends only from inside.
        SyntaxKind.TrueLiteralExpression when node.Parent is WhileStatementSyntax or DoStatementSyntax => node,
        SyntaxKind.TrueLiteralExpression => Choose(node, node, LiteralExpression(SyntaxKind.FalseLiteralExpression), "literal"),
        SyntaxKind.FalseLiteralExpression => Choose(node, node, LiteralExpression(SyntaxKind.TrueLiteralExpression), "literal"),
        SyntaxKind.NumericLiteralExpression when node.Token.Value is int number && node.Parent is not (EqualsValueClauseSyntax { Parent: ParameterSyntax } or AttributeArgumentSyntax) =>
            Choose(node, node, LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(number + 1)), "literal"),
        _ => node,
    };

    public override SyntaxNode? VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        var visited = (ExpressionSyntax)base.VisitPrefixUnaryExpression(node)!;
        return node.IsKind(SyntaxKind.LogicalNotExpression) && !Declares(node) ? Choose(node, visited, node.Operand, "not") : visited;
    }

    public override SyntaxNode? VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        var visited = (ConditionalExpressionSyntax)base.VisitConditionalExpression(node)!;
        return visited.WithCondition(Flip(node.Condition, visited.Condition));
    }

    public override SyntaxNode? VisitIfStatement(IfStatementSyntax node)
    {
        var visited = (IfStatementSyntax)base.VisitIfStatement(node)!;
        return visited.WithCondition(Flip(node.Condition, visited.Condition));
    }

    public override SyntaxNode? VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        var visited = (ExpressionStatementSyntax)base.VisitExpressionStatement(node)!;
        return Skip(node, visited);
    }

    public override SyntaxNode? VisitBreakStatement(BreakStatementSyntax node) => node.Parent is SwitchSectionSyntax ? node : Skip(node, node);

    public override SyntaxNode? VisitContinueStatement(ContinueStatementSyntax node) => Skip(node, node);

    public override SyntaxNode? VisitReturnStatement(ReturnStatementSyntax node)
    {
        var visited = (ReturnStatementSyntax)base.VisitReturnStatement(node)!;
        return node.Expression is { } expression && IsBool(expression) && expression is not (LiteralExpressionSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax)
            ? visited.WithExpression(Flip(expression, visited.Expression!))
            : visited;
    }

    public override SyntaxNode? VisitArrowExpressionClause(ArrowExpressionClauseSyntax node)
    {
        var visited = (ArrowExpressionClauseSyntax)base.VisitArrowExpressionClause(node)!;
        return IsBool(node.Expression) && node.Expression is not (LiteralExpressionSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax)
            ? visited.WithExpression(Flip(node.Expression, visited.Expression))
            : visited;
    }

    /// <summary>What schemas/lanes.json would say with an edge or its guards taken out, or with an edge that it does not have.</summary>
    public override SyntaxNode? VisitSwitchExpression(SwitchExpressionSyntax node)
    {
        var visited = (SwitchExpressionSyntax)base.VisitSwitchExpression(node)!;
        if (!_isLaneMachine || node.GoverningExpression.ToString() != "(from, to)")
        {
            return visited;
        }

        var arms = new List<SwitchExpressionArmSyntax>();
        var edges = new HashSet<string>();
        for (int i = 0; i < node.Arms.Count; i++)
        {
            var arm = node.Arms[i];
            var mutated = visited.Arms[i];
            if (arm.Pattern is DiscardPatternSyntax)
            {
                var lanes = _model.Compilation.GetTypeByMetadataName("SpecKitty.Contract.Lane")!.GetMembers().OfType<IFieldSymbol>().Select(static lane => "global::SpecKitty.Contract.Lane." + lane.Name).ToList();
                foreach (string pair in lanes.SelectMany(from => lanes.Select(to => $"({from}, {to})")).Where(pair => !edges.Contains(pair)))
                {
                    string[] ends = pair.Trim('(', ')').Split(", ");
                    if (Take(arm.Expression, "edge added " + pair, arm.Expression.ToString(), pair) is { } id)
                    {
                        mutated = mutated.WithExpression(Marked(id, ParseExpression($"(global::SpecKitty.Mutants.Is({id}) && from == {ends[0]} && to == {ends[1]} ? null : {mutated.Expression})")));
                    }
                }
            }
            else
            {
                edges.Add(arm.Pattern.ToString());
                string value = arm.Expression.ToString() == "null" ? "edge removed" : "guards removed";
                mutated = mutated.WithExpression(Choose(arm.Expression, mutated.Expression, ParseExpression("Illegal(from, to)"), "edge removed " + arm.Pattern));
                mutated = value == "guards removed" ? mutated.WithExpression(Choose(arm.Expression, mutated.Expression, ParseExpression("null"), "guards removed " + arm.Pattern)) : mutated;
            }

            arms.Add(mutated);
        }

        return visited.WithArms(SeparatedList(arms, visited.Arms.GetSeparators()));
    }

    private IEnumerable<(string Kind, SyntaxKind Token)> Others(BinaryExpressionSyntax node)
    {
        switch (node.Kind())
        {
            case SyntaxKind.LessThanExpression:
                return [("boundary", SyntaxKind.LessThanEqualsToken), ("opposite", SyntaxKind.GreaterThanEqualsToken)];
            case SyntaxKind.LessThanOrEqualExpression:
                return [("boundary", SyntaxKind.LessThanToken), ("opposite", SyntaxKind.GreaterThanToken)];
            case SyntaxKind.GreaterThanExpression:
                return [("boundary", SyntaxKind.GreaterThanEqualsToken), ("opposite", SyntaxKind.LessThanEqualsToken)];
            case SyntaxKind.GreaterThanOrEqualExpression:
                return [("boundary", SyntaxKind.GreaterThanToken), ("opposite", SyntaxKind.LessThanToken)];
            case SyntaxKind.EqualsExpression:
                return [("opposite", SyntaxKind.ExclamationEqualsToken)];
            case SyntaxKind.NotEqualsExpression:
                return [("opposite", SyntaxKind.EqualsEqualsToken)];
            case SyntaxKind.LogicalAndExpression:
                return [("logic", SyntaxKind.BarBarToken)];
            case SyntaxKind.LogicalOrExpression:
                return [("logic", SyntaxKind.AmpersandAmpersandToken)];
            case SyntaxKind.AddExpression when IsNumber(node):
                return [("arithmetic", SyntaxKind.MinusToken)];
            case SyntaxKind.SubtractExpression when IsNumber(node):
                return [("arithmetic", SyntaxKind.PlusToken)];
            case SyntaxKind.MultiplyExpression when IsNumber(node):
                return [("arithmetic", SyntaxKind.SlashToken)];
            default:
                return [];
        }
    }

    private bool IsNumber(ExpressionSyntax node) => _model.GetTypeInfo(node).Type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double && !_model.GetConstantValue(node).HasValue;

    private bool IsBool(ExpressionSyntax node) => _model.GetTypeInfo(node).Type?.SpecialType == SpecialType.System_Boolean;

    /// <summary>A variable that is declared in an expression cannot be declared in its double too.</summary>
    private static bool Declares(SyntaxNode node) => node.DescendantNodesAndSelf().Any(static n => n is SingleVariableDesignationSyntax);

    private ExpressionSyntax Choose(ExpressionSyntax original, ExpressionSyntax visited, ExpressionSyntax other, string kind) =>
        Take(original, kind, original.ToString(), other.ToString()) is { } id
            ? Marked(id, ParenthesizedExpression(ConditionalExpression(Asks(id), ParenthesizedExpression(other.WithoutTrivia()), ParenthesizedExpression(visited.WithoutTrivia())))).WithTriviaFrom(original)
            : visited;

    private ExpressionSyntax Flip(ExpressionSyntax original, ExpressionSyntax visited)
    {
        // Comparisons and negations have mutants of their own that say the same.
        bool isCovered = !Declares(original) && (original is PrefixUnaryExpressionSyntax || (original is BinaryExpressionSyntax binary && !binary.IsKind(SyntaxKind.LogicalAndExpression) && !binary.IsKind(SyntaxKind.LogicalOrExpression)));
        return !isCovered && Take(original, "flip", original.ToString(), "!(" + original + ")") is { } id
            ? Marked(id, ParenthesizedExpression(BinaryExpression(SyntaxKind.ExclusiveOrExpression, ParenthesizedExpression(visited.WithoutTrivia()), Asks(id)))).WithTriviaFrom(original)
            : visited;
    }

    private StatementSyntax Skip(StatementSyntax original, StatementSyntax visited) =>
        Take(original, "statement removed", original.ToString(), ";") is { } id
            ? Marked(id, IfStatement(PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, Asks(id)), Block(visited))).WithTriviaFrom(original)
            : visited;

    private int? Take(SyntaxNode original, string kind, string before, string after)
    {
        if (_given.Contains(PlaceOf(original, kind)))
        {
            return null;
        }

        int id = _mutants.Count;
        int line = original.GetLocation().GetLineSpan().StartLinePosition.Line;
        string code = original.SyntaxTree.GetText().Lines[line].ToString().Trim();
        var mutant = new Mutant(id, _room, _file, line + 1, kind, OneLine(before), OneLine(after), OneLine(code));
        int nth = _alike[mutant.Identity] = _alike.GetValueOrDefault(mutant.Identity, -1) + 1;
        _mutants.Add(mutant with { Nth = nth });
        Places[id] = PlaceOf(original, kind);
        return id;
    }

    /// <summary>Where each mutant is, for those that do not compile.</summary>
    public Dictionary<int, string> Places { get; } = [];

    private static T Marked<T>(int id, T node)
        where T : SyntaxNode => node.WithAdditionalAnnotations(new SyntaxAnnotation(Mark, id.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static InvocationExpressionSyntax Asks(int id) => (InvocationExpressionSyntax)ParseExpression($"global::SpecKitty.Mutants.Is({id})");

    private static string OneLine(string code)
    {
        string line = string.Join(' ', code.Split((char[])['\r', '\n', ' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length > 160 ? line[..160] + "…" : line;
    }
}
