using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Slipway.Contracts.Versions;

namespace Slipway.Cli.Commands.Versions;

/// <summary>The commits since the version before, from git itself where there is one. Nothing that goes wrong here keeps a version from being published.</summary>
internal static class GitLog
{
    private const int Most = 100;
    private const int LongestLine = 200;
    private const char Between = '\u001f';
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Newest first. Empty: there is no git, no such commit, or nothing between.</summary>
    public static async Task<IReadOnlyList<Commit>> BetweenAsync(string folder, string? after, string? upTo, CancellationToken cancellation)
    {
        // Both come from elsewhere: what is no commit must never be read as an option.
        if (!IsSha(after) || !IsSha(upTo) || after == upTo)
            return [];

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            return [.. (await RunAsync(folder, $"{after}..{upTo}", patience.Token)).Select(Read).OfType<Commit>()];
        }
        catch (Exception e) when (e is Win32Exception or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return [];
        }
    }

    private static async Task<string[]> RunAsync(string folder, string range, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])["log", "--no-color", "--no-show-signature", $"--max-count={Most}", "--format=%H%x1f%an%x1f%aI%x1f%s", range, "--"])
            start.ArgumentList.Add(argument);

        using var git = Process.Start(start)!;
        try
        {
            git.StandardInput.Close();
            var errors = git.StandardError.ReadToEndAsync(cancellation);
            var output = await git.StandardOutput.ReadToEndAsync(cancellation);
            await errors;
            await git.WaitForExitAsync(cancellation);
            return git.ExitCode == 0 ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
        }
        finally
        {
            if (!git.HasExited)
                git.Kill();
        }
    }

    private static Commit? Read(string line) => line.Split(Between) is [var sha, var author, var time, .. var message]
        ? new()
        {
            Sha = sha,
            Author = Line(author) is { Length: > 0 } name ? name : null,
            Message = Line(string.Concat(message)) is { Length: > 0 } text ? text : "(no message)",
            Time = DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out var at) ? at : null,
        }
        : null;

    private static string Line(string text)
    {
        var line = string.Concat(text.Where(c => !char.IsControl(c)));
        return line.Length <= LongestLine ? line : line[..(LongestLine - 1)] + "…";
    }

    private static bool IsSha(string? text) => text is { Length: >= 7 and <= 64 } && text.All(char.IsAsciiHexDigit);
}
