using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Slipway.Server.Services.Format;

/// <summary>What a value in a service definition may be: read and checked from it, and described by it in the JSON Schema and the documentation.</summary>
internal interface IShape
{
    /// <summary>In words: "a whole number from 1 to 65535".</summary>
    string Says { get; }

    /// <summary>The keyed parts that need a table of their own in the documentation.</summary>
    IEnumerable<IRecordShape> Parts => [];

    JsonObject Schema();
}

internal abstract class Shape<T> : IShape
{
    public abstract string Says { get; }

    public virtual IEnumerable<IRecordShape> Parts => [];

    public abstract bool TryRead(Node node, Mistakes mistakes, [MaybeNullWhen(false)] out T value);

    /// <summary>The value as it would stand in the file; what <see cref="TryRead"/> reads back.</summary>
    public abstract Node Write(T value, string place);

    public abstract JsonObject Schema();

    /// <summary>An empty collection is the same as none.</summary>
    public virtual bool IsNothing(T value) => false;

    protected bool Refuse(Node node, Mistakes mistakes, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        mistakes.Add(node, node switch
        {
            ScalarNode { IsNothing: true } => $"There is nothing here; expected {Says}.",
            ScalarNode scalar => $"Expected {Says}, found \"{Shortened(scalar.Text)}\".",
            ListNode => $"Expected {Says}, found a list.",
            _ => $"Expected {Says}, found keys.",
        });
        return false;
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..57] + "...";
}

/// <summary>A shape that is one written value.</summary>
internal abstract class ScalarShape<T> : Shape<T>
{
    public sealed override bool TryRead(Node node, Mistakes mistakes, [MaybeNullWhen(false)] out T value) =>
        node is ScalarNode { IsNothing: false } scalar && TryParse(scalar, out value) ? true : Refuse(node, mistakes, out value);

    public override Node Write(T value, string place) => new ScalarNode(place, Text(value), Quoted: IsText);

    protected virtual bool IsText => false;

    protected abstract bool TryParse(ScalarNode scalar, [MaybeNullWhen(false)] out T value);

    protected virtual string Text(T value) => value?.ToString() ?? "";
}
