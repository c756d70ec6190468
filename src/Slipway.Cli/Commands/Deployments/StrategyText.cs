using System.Diagnostics.CodeAnalysis;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>A strategy as one writes it in a command: all-at-once, rolling:25%:10s, canary:1:30s.</summary>
internal static class StrategyText
{
    public const string Rule =
        "A strategy is all-at-once, rolling[:BATCH[:PAUSE]], canary[:FIRST[:SOAK]], red-black[:WAIT] or highlander; "
        + "BATCH and FIRST are a number or a share like 25%, PAUSE, SOAK and WAIT are like 30s.";

    /// <summary>For completions: each as it is most often wanted.</summary>
    public static string[] Words { get; } = ["all-at-once", "rolling", "canary", "red-black", "highlander"];

    public static bool TryParse(string text, [NotNullWhen(true)] out Strategy? strategy)
    {
        strategy = text.Split(':') switch
        {
            ["all-at-once"] => new AllAtOnce(),
            ["rolling"] => new Rolling(),
            ["rolling", var batch] when Read<Amount>(batch) is { } b => new Rolling { Batch = b },
            ["rolling", var batch, var pause] when Read<Amount>(batch) is { } b && Read<Duration>(pause) is { } p => new Rolling { Batch = b, Pause = p },
            ["canary"] => new Canary(),
            ["canary", var first] when Read<Amount>(first) is { } f => new Canary { Steps = [new() { Instances = f }] },
            ["canary", var first, var soak] when Read<Amount>(first) is { } f && Read<Duration>(soak) is { } s =>
                new Canary { Steps = [new() { Instances = f, Soak = s }] },
            ["red-black"] => new RedBlack(),
            ["red-black", var wait] when Read<Duration>(wait) is { } w => new RedBlack { Wait = w },
            ["highlander"] => new Highlander(),
            _ => null,
        };
        return strategy is not null;
    }

    private static T? Read<T>(string text)
        where T : struct, ITextValue<T> =>
        T.TryParse(text, out var value) ? value : null;
}
