using Slipway.Contracts.Agents;
using Slipway.Contracts.Services;

namespace Slipway.Server.Services.Format;

/// <summary>The table of checks in slipway.yaml.</summary>
internal static class CheckFormat
{
    public const int MostChecks = 20;

    private const int MostRequests = 10;
    private const int LongestText = 64 * 1024;

    private static readonly ValueShape<Duration> Durations = new("a duration such as 30s or 5m");
    private static readonly ValueShape<Duration> LongerThanZero = new("a duration longer than 0s, such as 500ms, 30s or 5m", d => d.Time > TimeSpan.Zero);
    private static readonly TextShape Addresses = new("an absolute http or https address; ${NAME} is a config value", 2000, CheckRules.IsAddress);
    private static readonly TextShape Filled = new("text of up to 1000 characters, with every ${ closed", rule: Placeholders.AreClosed, mayBeEmpty: true);
    private static readonly TextShape Body = new("text of up to 64 KB, with every ${ closed", LongestText, Placeholders.AreClosed, mayBeEmpty: true);

    private static readonly RecordShape<HttpCheck> Http = new RecordShape<HttpCheck>("checks[].http[]", () => new() { Url = "" })
        .With("url", "What is asked.", Addresses, h => h.Url, (h, v) => h with { Url = v }, required: true)
        .With("method", "The method.", TextShape.Matching("GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS", "^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$", 10), h => h.Method, (h, v) => h with { Method = v })
        .With("headers", "Headers of the request.", Headers(), h => h.Headers, (h, v) => h with { Headers = v })
        .With("body", "What is sent.", Body, h => h.Body, (h, v) => h with { Body = v })
        .With("status", "Status codes that pass, for example 200-299,401. Default: 200-299.", new StatusShape(), h => h.Status, (h, v) => h with { Status = v })
        .With("contains", "Text that the first 64 KB of the answer must contain.", Filled, h => h.Contains, (h, v) => h with { Contains = v })
        .With("within", "The answer must be there within this time.", LongerThanZero, h => h.Within, (h, v) => h with { Within = v });

    private static readonly RecordShape<PrometheusCheck> Prometheus = new RecordShape<PrometheusCheck>("checks[].prometheus", () => new() { Address = "", Query = "" })
        .With("address", "Where Prometheus is.", Addresses, p => p.Address, (p, v) => p with { Address = v }, required: true)
        .With("query", "Answers one value, or one for each of some series.", new TextShape("a query of up to 10000 characters, with every ${ closed", 10_000, Placeholders.AreClosed), p => p.Query, (p, v) => p with { Query = v }, required: true)
        .With("below", "Every value must be less than this.", new NumberShape(), p => p.Below, (p, v) => p with { Below = v })
        .With("above", "Every value must be more than this.", new NumberShape(), p => p.Above, (p, v) => p with { Above = v })
        .With("for", "Every try must pass for so long.", Durations, p => p.For, (p, v) => p with { For = v })
        .Check(CheckRules.CheckPrometheus);

    private static readonly RecordShape<LogCheck> Logs = new RecordShape<LogCheck>("checks[].logs", () => new())
        .With("pattern", "A regular expression that is looked for in every line, for example deadlock|out of memory.", new TextShape("a regular expression without look-around and back references, at most 180 characters", 180, text => LinePattern.TryParse(text, out _)), l => l.Pattern, (l, v) => l with { Pattern = v })
        .With("level", "Instead of a pattern: lines that say they are an error, or a warning or an error.", new ChoiceShape<CountedLevel>("warning or error"), l => l.Level, (l, v) => l with { Level = v })
        .With("atMost", "So many lines are allowed on an instance.", new WholeShape(0, 1_000_000), l => l.AtMost, (l, v) => l with { AtMost = v })
        .With("per", "In any stretch of this length. Absent: all since the instance was changed.", new ValueShape<Duration>("a duration from 1s to 1h", d => d.Time >= TimeSpan.FromSeconds(1) && d.Time <= TimeSpan.FromHours(1)), l => l.Per, (l, v) => l with { Per = v })
        .With("for", "For so long lines are counted.", Durations, l => l.For, (l, v) => l with { For = v })
        .Check(CheckRules.CheckLogs);

    private static readonly RecordShape<CanaryCheck> Canary = new RecordShape<CanaryCheck>("checks[].canary", () => new() { Address = "", Config = default })
        .With("address", "Where Prometheus is.", Addresses, c => c.Address, (c, v) => c with { Address = v }, required: true)
        .With("config", "The canary config as Kayenta stores it.", new CanaryConfigShape(), c => c.Config.ValueKind == System.Text.Json.JsonValueKind.Undefined ? null : c.Config, (c, v) => c with { Config = v }, required: true)
        .With("control", "What the old side is called in the config's queries, as ${scope}.", Filled, c => c.Control, (c, v) => c with { Control = v })
        .With("experiment", "What the new side is called.", Filled, c => c.Experiment, (c, v) => c with { Experiment = v })
        .With("location", "The region or the like of both.", Filled, c => c.Location, (c, v) => c with { Location = v })
        .With("parameters", "Further variables for the config's templates.", Parameters(), c => c.Parameters, (c, v) => c with { Parameters = v })
        .With("step", "From one value to the next, in whole seconds.", new ValueShape<Duration>("a duration of whole seconds, such as 60s", d => d.Time > TimeSpan.Zero && d.Time.Milliseconds == 0), c => c.Step, (c, v) => c with { Step = v })
        .With("lifetime", "How long both sides are compared.", LongerThanZero, c => c.Lifetime, (c, v) => c with { Lifetime = v })
        .With("pass", "The last score must be at least this.", new NumberShape(0, 100), c => c.Pass, (c, v) => c with { Pass = v })
        .With("marginal", "A score of at most this ends the check at once.", new NumberShape(0, 100), c => c.Marginal, (c, v) => c with { Marginal = v })
        .Check(CheckRules.CheckCanary);

    private static readonly RecordShape<HealthyCheck> Healthy = new RecordShape<HealthyCheck>("checks[].healthy", () => new() { In = default, For = default })
        .With("in", "The environment where it must be healthy, usually the one before.", new ValueShape<EnvironmentName>("an environment: 1 to 63 lower-case letters, digits and dashes, beginning with a letter"), h => h.In, (h, v) => h with { In = v }, required: true)
        .With("for", "At least so long without interruption, up to the moment when it is asked.", LongerThanZero, h => h.For, (h, v) => h with { For = v }, required: true);

    private static readonly RecordShape<ManualCheck> Manual = new RecordShape<ManualCheck>("checks[].manual", () => new() { Question = "" })
        .With("question", "What somebody has to decide.", new TextShape("text of up to 1000 characters"), m => m.Question, (m, v) => m with { Question = v }, required: true);

    private static readonly RecordShape<WebhookCheck> Webhook = new RecordShape<WebhookCheck>("checks[].webhook", () => new() { Url = "" })
        .With("url", "Where the other system is asked, with POST.", Addresses, w => w.Url, (w, v) => w with { Url = v }, required: true)
        .With("headers", "Headers of the request.", Headers(), w => w.Headers, (w, v) => w with { Headers = v })
        .With("body", "What is sent; ${SLIPWAY_CALLBACK} is the address to answer to. Default: JSON with everything one needs.", Body, w => w.Body, (w, v) => w with { Body = v })
        .With("secret", "The name of a secret config value that the POST is signed with, as Standard Webhooks has it.", new TextShape(Configuration.ConfigRules.NameSays, 100, Configuration.ConfigRules.IsName), w => w.Secret, (w, v) => w with { Secret = v })
        .With("within", "The POST itself must be answered within this time.", LongerThanZero, w => w.Within, (w, v) => w with { Within = v });

    private static readonly RecordShape<CheckDefinition> Check = new RecordShape<CheckDefinition>("checks[]", () => new() { Name = "" })
        .With("name", "What it is called; unique.", TextShape.Matching("1 to 40 letters, digits and dashes", "^[A-Za-z0-9-]{1,40}$", 40), c => c.Name, (c, v) => c with { Name = v }, required: true)
        .With("when", "before the first instance is changed, during (after every batch), or after everything.", new ChoiceShape<CheckMoment>("before, during or after"), c => c.When, (c, v) => c with { When = v })
        .With("http", "Requests that must all be answered as expected, one after the other.", new ListShape<HttpCheck>($"a list of 1 to {MostRequests} requests", Http, 1, MostRequests), c => c.Http, (c, v) => c with { Http = v })
        .With("prometheus", "A query whose every value must be below or above something.", Prometheus, c => c.Prometheus, (c, v) => c with { Prometheus = v })
        .With("logs", "Lines of output that changed instances must not print, or not so often.", Logs, c => c.Logs, (c, v) => c with { Logs = v })
        .With("canary", "The new side compared with the old by a canary config of Kayenta.", Canary, c => c.Canary, (c, v) => c with { Canary = v })
        .With("healthy", "The version must have been healthy in another environment for some time, without interruption.", Healthy, c => c.Healthy, (c, v) => c with { Healthy = v })
        .With("manual", "A question to a person.", Manual, c => c.Manual, (c, v) => c with { Manual = v })
        .With("wait", "Only time that has to pass.", LongerThanZero, c => c.Wait, (c, v) => c with { Wait = v })
        .With("webhook", "Another system that is asked, and answers later.", Webhook, c => c.Webhook, (c, v) => c with { Webhook = v })
        .With("command", "A command that must end with 0.", new WordsShape(), c => c.Command, (c, v) => c with { Command = v })
        .With("where", "Where the command runs: on the server, where that allows it, on one changed instance, or on every changed instance.", new ChoiceShape<CheckPlace>("server, instance or instances"), c => c.Where, (c, v) => c with { Where = v })
        .With("timeout", "The whole check may take this long. Default: 2m, for prometheus, logs and canary so much longer than they watch; for healthy 10m longer than its time; for manual 1d.", LongerThanZero, c => c.Timeout, (c, v) => c with { Timeout = v })
        .With("interval", "Time between tries. Default: 10s; for canary all of its lifetime, so that it is judged once; for healthy at least a 500th of its timeout.", LongerThanZero, c => c.Interval, (c, v) => c with { Interval = v })
        .With("failures", "So many tries may fail.", new WholeShape(0, 1000), c => c.Failures, (c, v) => c with { Failures = v })
        .With("successes", "So many tries must pass in a row.", new WholeShape(1, 1000), c => c.Successes, (c, v) => c with { Successes = v })
        .With("dryRun", "true: it is asked and shown, and the deployment goes on whatever comes.", new FlagShape(), c => c.DryRun, (c, v) => c with { DryRun = v })
        .Check(CheckRules.CheckOne);

    public static ListShape<CheckDefinition> List { get; } = new($"a list of at most {MostChecks} checks", Check, 0, MostChecks);

    private static MapShape<string, string> Headers() => new(
        "headers with a value each",
        TextShape.Matching("the name of a header", "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", 100),
        new TextShape("text of up to 1000 characters, with every ${ closed", rule: text => !text.Any(char.IsControl) && Placeholders.AreClosed(text), mayBeEmpty: true),
        50);

    private static MapShape<string, string> Parameters() => new(
        "names with a text each, at most 50",
        TextShape.Matching("the name of a variable", "^[A-Za-z_][A-Za-z0-9_]*$", 100),
        Filled,
        50);
}
