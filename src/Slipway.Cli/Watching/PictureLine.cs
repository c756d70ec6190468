using Slipway.Cli.Output;
using Spectre.Console;

namespace Slipway.Cli.Watching;

/// <summary>One line of the live view. Cut to the width, because a wrapped line would tear the picture.</summary>
internal static class PictureLine
{
    public static Style Good { get; } = Color.Green;

    public static Style Bad { get; } = Color.Red;

    public static Style Busy { get; } = Color.Aqua;

    public static Style Warn { get; } = Color.Yellow;

    public static Style Dim { get; } = Color.Grey;

    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    /// <summary>Somebody has to do something.</summary>
    public static Style Asking { get; } = new(Color.Yellow, decoration: Decoration.Bold);

    public static Paragraph Of(int width, params (string Text, Style Style)[] parts)
    {
        var line = new Paragraph();
        foreach (var (text, style) in parts)
        {
            var cut = Words.Cut(text, width);
            line.Append(cut, style);
            width -= cut.Length;
        }

        return line;
    }
}
