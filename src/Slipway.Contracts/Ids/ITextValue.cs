using System.Diagnostics.CodeAnalysis;

namespace Slipway.Contracts.Ids;

/// <summary>A value that travels as text and is valid once it exists. Parsed once, at the edge.</summary>
public interface ITextValue<TSelf> : IParsable<TSelf>
    where TSelf : struct, ITextValue<TSelf>
{
    string Value { get; }

    /// <summary>What a valid text looks like, as a sentence a user can act on.</summary>
    static abstract string Rule { get; }

    /// <summary>A regular expression for schemas (anchored).</summary>
    static abstract string Pattern { get; }

    static abstract bool TryParse([NotNullWhen(true)] string? text, out TSelf value);

    static TSelf IParsable<TSelf>.Parse(string text, IFormatProvider? provider) =>
        TSelf.TryParse(text, out var value) ? value : throw new FormatException(TSelf.Rule);

    static bool IParsable<TSelf>.TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out TSelf value) =>
        TSelf.TryParse(text, out value);
}
