using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Slipway.Agent.Preparing;

/// <summary>`${NAME}`, `${NAME:-default}` and `$${` for a literal `${`. A `$` before anything else is just a `$`.</summary>
internal static class Placeholders
{
    /// <summary>Fills in every placeholder. False with the name that nobody has set, or that is not closed.</summary>
    public static bool TrySubstitute(
        string text,
        IReadOnlyDictionary<string, string> values,
        [NotNullWhen(true)] out string? result,
        [NotNullWhen(false)] out string? unknown)
    {
        (result, unknown) = (text, null);
        if (!text.Contains("${", StringComparison.Ordinal))
            return true;

        var filled = new StringBuilder(text.Length + 32);
        var rest = text.AsSpan();
        for (var at = rest.IndexOf("${"); at >= 0; at = rest.IndexOf("${"))
        {
            if (at > 0 && rest[at - 1] == '$')
            {
                filled.Append(rest[..(at - 1)]).Append("${");
                rest = rest[(at + 2)..];
                continue;
            }

            filled.Append(rest[..at]);
            rest = rest[(at + 2)..];
            var end = rest.IndexOf('}');
            if (end < 0)
            {
                (result, unknown) = (null, "${" + rest.ToString());
                return false;
            }

            if (!TryAppendValue(filled, rest[..end], values, out unknown))
            {
                result = null;
                return false;
            }

            rest = rest[(end + 1)..];
        }

        result = filled.Append(rest).ToString();
        return true;
    }

    private static bool TryAppendValue(
        StringBuilder filled,
        ReadOnlySpan<char> expression,
        IReadOnlyDictionary<string, string> values,
        [NotNullWhen(false)] out string? unknown)
    {
        var separator = expression.IndexOf(":-");
        var name = (separator < 0 ? expression : expression[..separator]).ToString();
        var value = values.GetValueOrDefault(name);
        unknown = null;
        if (separator >= 0 && string.IsNullOrEmpty(value))
            filled.Append(expression[(separator + 2)..]);
        else if (value is not null)
            filled.Append(value);
        else
            unknown = name;

        return unknown is null;
    }
}
