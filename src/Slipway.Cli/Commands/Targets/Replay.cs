using System.CommandLine;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Verdicts;

namespace Slipway.Cli.Commands.Targets;

/// <summary>slipway replay checkout --in production --ignore disk</summary>
internal sealed class Replay : SlipwayCommand
{
    private readonly Argument<ServiceName> service;
    private readonly Option<EnvironmentName> environment;
    private readonly Option<Duration?> warmUp = Names.Duration("--warm-up", "How long after its start an instance is not looked at");
    private readonly Option<string[]> ignore = new("--ignore") { Description = "A signal that does not count; may be given more than once", HelpName = "signal" };
    private readonly Option<Duration?> watch = Names.Duration("--watch", "For so long after its end a deployment is judged");
    private readonly Option<string> inconclusive = new("--inconclusive") { Description = "What happens while too little is known; fail stops it after its patience", HelpName = "continue|wait|fail" };
    private readonly Option<Duration?> patience = Names.Duration("--patience", "How long an answer is waited for");
    private readonly Option<int> count = Names.Count(fallback: 20);

    public Replay(Surroundings surroundings)
        : base(surroundings, "replay", "Judge past deployments by other rules: how many good ones would they have stopped, and how many bad ones missed?")
    {
        service = Names.Service(surroundings);
        environment = Names.Environment(surroundings, "--in", "The environment");
        Add(service);
        Add(environment);
        Add(warmUp);
        Add(ignore);
        Add(watch);
        inconclusive.OneOf("continue", "wait", "fail");
        Add(inconclusive);
        Add(patience);
        Add(count);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var target = new TargetId(call.Get(service), call.Get(environment));
        var report = await call.Client.Targets.ReplayAsync(target, new() { Verdict = Rules(call), Limit = call.Get(count) }, cancellation);
        if (call.Json)
        {
            call.WriteJson(report, ContractsJson.Default.ReplayReport);
            return ExitCode.Done;
        }

        if (report.Deployments is [])
        {
            call.Line($"No deployment of {target.Service} in {target.Environment} has been judged yet.");
            return ExitCode.Done;
        }

        call.Line(Headline(call, report) + "\n");
        call.Out.Write(Table(call, report).Render(call.Ink, call.Width));
        return ExitCode.Done;
    }

    private ReplayRules Rules(Invocation call) => new()
    {
        WarmUp = call.Get(warmUp),
        Ignore = call.Get(ignore) is { Length: > 0 } ignored ? ignored : null,
        Watch = call.Get(watch),
        Inconclusive = call.Get(inconclusive) is { } word ? Enum.Parse<WhenInconclusive>(word, ignoreCase: true) : null,
        Patience = call.Get(patience),
    };

    private static string Headline(Invocation call, ReplayReport report)
    {
        var stopped = $"{report.GoodStopped} of {Words.Count(report.Good, "good deployment")} would have been stopped";
        var missed = $"{report.BadMissed} of {Words.Count(report.Bad, "bad one")} missed";
        return $"{(report.GoodStopped > 0 ? call.Ink.Bad(stopped) : call.Ink.Good(stopped))}, {(report.BadMissed > 0 ? call.Ink.Warn(missed) : call.Ink.Good(missed))}.";
    }

    private static TextTable Table(Invocation call, ReplayReport report)
    {
        var table = new TextTable("DEPLOYMENT", "VERSION", "AGE", "WAS", "THEN", "NOW", "AFTER", "WHY");
        foreach (var one in report.Deployments)
        {
            table.Add(
                one.Deployment.Value,
                one.Version.Value,
                Words.Age(call.Time.GetUtcNow() - one.CreatedAt),
                one.Good ? "good" : "bad",
                Say(one.Before),
                new(Say(one.Now), one.Good == (one.Now == Answer.Fail) ? call.Ink.Bad : null),
                one.StoppedAfter is { } after ? Words.About(after.Time) : "",
                Words.Printable(one.Sentence));
        }

        return table;
    }

    private static string Say(Answer answer) => answer.ToString().ToLowerInvariant();
}
