using System.Text.RegularExpressions;

namespace Slipway.FakeGate.Expressions;

internal enum Kind
{
    Name,
    Number,
    Text,
    Sign,
    End,
}

internal sealed record Token(Kind Kind, string Value);

internal static partial class Lexer
{
    public static List<Token> Read(string source)
    {
        List<Token> tokens = [];
        for (var at = 0; at < source.Length;)
        {
            var match = Tokens().Match(source, at);
            if (!match.Success || match.Length == 0)
                throw new ExpressionException($"EL1041E: After parsing a valid expression, there is still more data in the expression: '{source[at..]}'");

            at += match.Length;
            if (Of(match) is { } token)
                tokens.Add(token);
        }

        tokens.Add(new(Kind.End, ""));
        return tokens;
    }

    private static Token? Of(Match match) => match.Groups switch
    {
        var groups when groups["space"].Success => null,
        var groups when groups["number"].Success => new(Kind.Number, match.Value),
        var groups when groups["name"].Success => new(Kind.Name, match.Value),
        var groups when groups["text"].Success => new(Kind.Text, match.Value[1..^1].Replace("''", "'", StringComparison.Ordinal)),
        _ => new(Kind.Sign, match.Value),
    };

    [GeneratedRegex("""\G(?:(?<space>\s+)|(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z_$][\w$-]*)|(?<text>'(?:[^']|'')*'|"[^"]*")|(?<sign>&&|\|\||==|!=|<=|>=|\?:|\?\.|[-+*/<>!?:.,()\[\]{}#]))""")]
    private static partial Regex Tokens();
}
