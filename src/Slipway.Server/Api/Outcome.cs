using System.Diagnostics.CodeAnalysis;

namespace Slipway.Server.Api;

/// <summary>What was asked for, or why not.</summary>
internal readonly struct Outcome<T>
{
    private readonly T? value;

    private Outcome(T? value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);

    public bool Is([MaybeNullWhen(false)] out T result, [MaybeNullWhen(true)] out Refusal refusal)
    {
        result = value;
        refusal = Refusal;
        return refusal is null;
    }
}
