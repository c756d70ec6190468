using System.Globalization;
using System.Text;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Cli.Watching;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Verdicts;
using HealthAnswer = Slipway.Contracts.Verdicts.Answer;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>A verdict for a terminal: the answer, what was compared, each signal, what is new, and what else changed.</summary>
internal sealed class ExplainText(Invocation call, Deployment deployment, DeploymentVerdict verdict)
{
    private const int CurveColumn = 16;
    private const int LogLines = 10;

    private readonly StringBuilder text = new();

    public string Write()
    {
        text.Append(call.Ink.Strong(Headline.Of(deployment))).Append('\n');
        AddWrapped($"{Paint(verdict.Answer, Mark(verdict.Answer))} {verdict.Sentence}");
        if (verdict.Needs is { } needs)
            AddWrapped($"An answer needs about {Words.About(needs.Time)} more{(verdict.NeedsRequests is { } requests ? $", or {Words.Number((long)requests)} requests" : "")}.");

        AddWrapped(WhatWasCompared());
        if (verdict.TakenBackBy is { } way)
            AddWrapped($"The deployment had succeeded, and was taken back by {way}.");

        foreach (var signal in verdict.Signals)
            AddSignal(signal);

        AddNewErrors();
        AddChanges();
        AddLines();
        return text.ToString();
    }

    private string WhatWasCompared()
    {
        var against = verdict.Unchanged > 0 ? $"{Words.Count(verdict.Unchanged, "instance")} that kept the version before" : "their own past";
        var since = verdict.ChangedAt is { } at ? $", changed {Words.Ago(call.Time.GetUtcNow() - at)}" : "";
        var watched = verdict.WatchedUntil is { } until && until > call.Time.GetUtcNow() ? $" Watched for {Words.About(until - call.Time.GetUtcNow())} more." : "";
        return $"{Words.Count(verdict.Changed, "instance")}{since}, compared with {against}; looked at {Words.Ago(call.Time.GetUtcNow() - verdict.JudgedAt)}.{watched}"
            + (verdict.DryRun ? " Nothing follows from it (dryRun)." : "");
    }

    private void AddSignal(SignalVerdict signal)
    {
        text.Append('\n').Append("  ").Append(Paint(signal.Answer, Mark(signal.Answer))).Append(' ').Append(Words.Wrap(Words.Printable(signal.Sentence), call.Width, 4)).Append('\n');
        if (signal.Answer == HealthAnswer.Pass || signal.Drawing is not { } drawing)
            return;

        var room = (call.Width > 0 ? Math.Min(call.Width, 100) : 80) - CurveColumn;
        var (changed, unchanged) = Sparkline.Of(FromFirst(drawing, drawing.Changed), FromFirst(drawing, drawing.Unchanged), room);
        AddCurve("changed", changed);
        AddCurve("unchanged", unchanged);
    }

    /// <summary>From where either side has a value: agents may have less of a past than there is room for.</summary>
    private static double?[] FromFirst(SignalDrawing drawing, IReadOnlyList<double?> curve) =>
        [.. curve.Skip(Enumerable.Range(0, drawing.Seconds.Count).TakeWhile(at => drawing.Changed.ElementAtOrDefault(at) is null && drawing.Unchanged.ElementAtOrDefault(at) is null).Count())];

    private void AddCurve(string name, string curve)
    {
        if (curve.Trim().Length > 0)
            text.Append(' ', 4).Append(call.Ink.Dim(name.PadRight(CurveColumn - 4))).Append(curve).Append('\n');
    }

    private void AddNewErrors()
    {
        if (verdict.NewErrors is [])
            return;

        text.Append('\n').Append(call.Ink.Strong("  Errors that the version before did not print")).Append('\n');
        foreach (var line in verdict.NewErrors)
            text.Append(CultureInfo.InvariantCulture, $"    {line.Count} x on {Words.Count(line.Instances, "instance")}: ").Append(Cut(Words.Printable(line.Example), 30)).Append('\n');
    }

    private void AddChanges()
    {
        if (deployment.Plan.Changes is not { } changes)
            return;

        text.Append('\n').Append(call.Ink.Strong("  What else is different")).Append('\n');
        text.Append($"    version {changes.FromVersion?.Value ?? "nothing"} → {changes.ToVersion}");
        if (changes is { FromCommit: { } from, ToCommit: { } to } && from != to)
            text.Append($", commits {Words.Cut(from, 13)} → {Words.Cut(to, 13)}");

        text.Append('\n');
        if (changes.ConfigNames is not [])
            text.Append(' ', 4).Append(Words.Wrap("config: " + string.Join(", ", changes.ConfigNames), call.Width, 4)).Append('\n');
    }

    private void AddLines()
    {
        if (verdict.Lines is not { } lines)
            return;

        text.Append('\n').Append(call.Ink.Strong($"  Last lines of {lines.Instance}")).Append('\n');
        foreach (var line in lines.Lines.TakeLast(LogLines))
            text.Append(' ', 4).Append(Cut(Words.Printable(line), 4)).Append('\n');
    }

    private void AddWrapped(string sentence) => text.Append("  ").Append(Words.Wrap(sentence, call.Width, 2)).Append('\n');

    private string Cut(string line, int before) => call.Width > 0 ? Words.Cut(line, Math.Max(20, call.Width - before)) : line;

    private static string Mark(HealthAnswer answer) => answer switch
    {
        HealthAnswer.Pass => "✓",
        HealthAnswer.Fail => "✗",
        _ => "?",
    };

    private string Paint(HealthAnswer answer, string content) => answer switch
    {
        HealthAnswer.Pass => call.Ink.Good(content),
        HealthAnswer.Fail => call.Ink.Bad(content),
        _ => call.Ink.Warn(content),
    };
}
