namespace Slipway.Cli.Output;

/// <summary>A text in a table and how it is coloured.</summary>
internal readonly record struct Cell(string Text, Func<string, string>? Paint = null)
{
    public static implicit operator Cell(string? text) => new(text ?? "");
}
