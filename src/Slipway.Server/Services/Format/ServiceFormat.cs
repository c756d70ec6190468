using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Configuration;

namespace Slipway.Server.Services.Format;

/// <summary>The table of slipway.yaml: every key, what it may be, what it means. Parser, JSON Schema and documentation are made from it.</summary>
internal static class ServiceFormat
{
    private static readonly ValueShape<Duration> Durations = new("a duration such as 500ms, 30s, 5m or 2h");
    private static readonly ValueShape<Duration> LongerThanZero = new("a duration longer than 0s, such as 500ms, 30s or 5m", d => d.Time > TimeSpan.Zero);
    private static readonly WordsShape Words = new();
    private static readonly WholeShape Ports = new(1, 65535);
    private static readonly StrategyShape Strategies = new();

    private static readonly MapShape<string, string> Config = new(
        $"names with a value each, at most {ConfigRules.MostValues}",
        new TextShape(ConfigRules.NameSays, 100, ConfigRules.IsName, ConfigRules.NamePattern),
        new TextShape($"text of up to {ConfigRules.LongestValue / 1024} KB (write \"\" for none)", ConfigRules.LongestValue, ConfigRules.IsValue, mayBeEmpty: true),
        ConfigRules.MostValues);

    private static readonly RecordShape<HealthDefinition> Health = new RecordShape<HealthDefinition>("health", () => new())
        .With("http", "A path that must answer, for example /healthz.", TextShape.Matching("a path that begins with /", "^/[!-~]*$", 2000), h => h.Http, (h, v) => h with { Http = v })
        .With("status", "Status codes of http that count as healthy, for example 200-299,401. Default: 200-299.", new StatusShape(), h => h.Status, (h, v) => h with { Status = v })
        .With("contains", "Text that the body of http must contain.", new TextShape("text of up to 1000 characters"), h => h.Contains, (h, v) => h with { Contains = v })
        .With("headers", "Headers that the answer of http must have, with exactly these values.", Headers(), h => h.Headers, (h, v) => h with { Headers = v })
        .With("port", "The port of http. Default: the service's own.", Ports, h => h.Port, (h, v) => h with { Port = v })
        .With("tcp", "A port that must accept a connection; 0 means the service's own.", new WholeShape(0, 65535), h => h.Tcp, (h, v) => h with { Tcp = v })
        .With("command", "A command that must end with 0.", Words, h => h.Command, (h, v) => h with { Command = v })
        .With("interval", "Time between probes once it runs. While it starts, probes are closer together.", LongerThanZero, h => h.Interval, (h, v) => h with { Interval = v })
        .With("timeout", "One probe may take this long.", LongerThanZero, h => h.Timeout, (h, v) => h with { Timeout = v })
        .With("deadline", "From the start until the first healthy answer.", LongerThanZero, h => h.Deadline, (h, v) => h with { Deadline = v })
        .With("settle", "A crash or an unhealthy answer in this time after the first healthy one still fails the deployment.", Durations, h => h.Settle, (h, v) => h with { Settle = v })
        .With("failures", "Consecutive failed probes after which a running service counts as unhealthy.", new WholeShape(1, 1000), h => h.Failures, (h, v) => h with { Failures = v })
        .Check(ServiceRules.CheckHealth);

    private static readonly RecordShape<StopDefinition> Stop = new RecordShape<StopDefinition>("stop", () => new())
        .With("signal", "What the process gets first.", TextShape.Matching("SIGTERM, SIGINT or SIGQUIT", "^(SIGTERM|SIGINT|SIGQUIT)$", 10), s => s.Signal, (s, v) => s with { Signal = v })
        .With("grace", "Then its whole process group gets SIGKILL.", Durations, s => s.Grace, (s, v) => s with { Grace = v });

    private static readonly RecordShape<DrainDefinition> Drain = new RecordShape<DrainDefinition>("drain", () => new())
        .With("wait", "At least this long between telling the balancer and stopping. Default: 2s where the agent answers a balancer, else 0s.", Durations, d => d.Wait, (d, v) => d with { Wait = v })
        .With("deadline", "At most this long for open connections to end.", Durations, d => d.Deadline, (d, v) => d with { Deadline = v });

    private static readonly RecordShape<PrepareDefinition> Prepare = new RecordShape<PrepareDefinition>("prepare", () => new())
        .With("ahead", "true: publishing a version already prepares it on every instance, so that a deployment is only the switch.", new FlagShape(), p => p.Ahead, (p, v) => p with { Ahead = v })
        .With("command", "A command run once in the version's folder after unpacking, for example npm ci.", Words, p => p.Command, (p, v) => p with { Command = v })
        .With("deadline", "Download, unpacking and command together may take this long.", LongerThanZero, p => p.Deadline, (p, v) => p with { Deadline = v });

    private static readonly RecordShape<KeepDefinition> Keep = new RecordShape<KeepDefinition>("keep", () => new())
        .With("versions", "How many versions stay ready on an instance. The running and the previous one always stay.", new WholeShape(2, 1000), k => k.Versions, (k, v) => k with { Versions = v })
        .With("disk", "What all kept versions may use; the oldest go first. Default: no budget.", new SizeShape(1, "a size such as 500MB or 2GB"), k => k.Disk, (k, v) => k with { Disk = v });

    private static readonly RecordShape<LogDefinition> Logs = new RecordShape<LogDefinition>("logs", () => new())
        .With("size", "The file is rotated at this size.", new SizeShape(1024, "a size of at least 1KB, such as 10MB"), l => l.Size, (l, v) => l with { Size = v })
        .With("files", "Files kept, the current one included.", new WholeShape(1, 1000), l => l.Files, (l, v) => l with { Files = v });

    private static readonly RecordShape<AutoDeployDraft> AutoDeploy = new RecordShape<AutoDeployDraft>("environments.*.autoDeploy", () => new(""))
        .With("branch", "Every new version of this branch is deployed here by itself.", new TextShape("the name of a branch", 250), a => a.Branch, (a, v) => a with { Branch = v }, required: true);

    private static readonly RecordShape<EnvironmentDefinition> Environment = new RecordShape<EnvironmentDefinition>("environments.*", () => new())
        .With("strategy", "Replaces the service's strategy here.", Strategies, e => e.Strategy, (e, v) => e with { Strategy = v })
        .With("verdict", "Replaces the service's way of being judged here, as a whole.", JudgingShapes.Verdict, e => e.Verdict, (e, v) => e with { Verdict = v })
        .With("config", "Added to the service's config values, or replacing them.", Config, e => e.Config, (e, v) => e with { Config = v })
        .With("checks", "Added to the service's checks, or replacing those of the same name.", CheckFormat.List, e => e.Checks, (e, v) => e with { Checks = v })
        .With("settings", "Settings of the deployment type that differ here; keys of keys are merged with the service's.", new AnyShape(), e => e.Settings, (e, v) => e with { Settings = v })
        .With(
            "autoDeploy",
            "Deploy new versions by themselves.",
            AutoDeploy,
            e => e.AutoDeployBranch is { } branch ? new AutoDeployDraft(branch) : null,
            (e, v) => e with { AutoDeployBranch = v.Branch })
        .Check((e, map, mistakes) => CheckRules.CheckNames(e.Checks, map, mistakes));

    public static RecordShape<ServiceDefinition> Definition { get; } = new RecordShape<ServiceDefinition>("slipway.yaml", () => new() { Service = default })
        .With("service", "The service's name.", new ValueShape<ServiceName>("1 to 63 lower-case letters, digits and dashes, beginning with a letter"), d => d.Service, (d, v) => d with { Service = v }, required: true)
        .With("description", "What it is, in a sentence or two.", new TextShape("text of up to 1000 characters"), d => d.Description, (d, v) => d with { Description = v })
        .With("team", "Who owns it.", new TextShape("text of up to 100 characters", 100), d => d.Team, (d, v) => d with { Team = v })
        .With("type", "The deployment type: how targets of this service are changed.", TextShape.Matching("the name of a deployment type, such as trigger", "^[a-z][a-z0-9-]{0,62}$", 63), d => d.Type, (d, v) => d with { Type = v })
        .With(
            "run",
            "The command that is the service. Text is split into words as a shell would do it, but no shell runs. ${NAME} is the config value of that name, ${NAME:-default} has a default, $${ is a literal ${. Either this or unit.",
            Words,
            d => d.Run,
            (d, v) => d with { Run = v },
            late: d => d.Shell ? new ShellLineShape() : Words)
        .With("shell", "true: run is one line for /bin/sh -c.", new FlagShape(), d => d.Shell, (d, v) => d with { Shell = v })
        .With("unit", "An existing systemd unit that the agent restarts instead of starting a command.", TextShape.Matching("the name of a systemd unit, such as checkout.service", @"^[A-Za-z0-9:_.@\\-]+\.service$", 250), d => d.Unit, (d, v) => d with { Unit = v })
        .With("user", "The user it runs as. Default: the agent's own.", TextShape.Matching("the name of a user", "^[A-Za-z_][A-Za-z0-9_.-]*[$]?$", 32), d => d.User, (d, v) => d with { User = v })
        .With("port", "The port it listens on, given to it as ${PORT}. Default: the instance's label \"port\", else a free port that the agent chooses once.", Ports, d => d.Port, (d, v) => d with { Port = v })
        .With("health", "When it counts as healthy. Default: the process is alive.", Health, d => d.Health, (d, v) => d with { Health = v })
        .With("stop", "How it is stopped.", Stop, d => d.Stop, (d, v) => d with { Stop = v })
        .With("drain", "How traffic is taken away before it is stopped.", Drain, d => d.Drain, (d, v) => d with { Drain = v })
        .With("prepare", "What happens to a version on an instance before it is activated.", Prepare, d => d.Prepare, (d, v) => d with { Prepare = v })
        .With("keep", "How many versions stay ready on an instance.", Keep, d => d.Keep, (d, v) => d with { Keep = v })
        .With("logs", "The service's captured output.", Logs, d => d.Logs, (d, v) => d with { Logs = v })
        .With("signals", "How the agents measure it.", JudgingShapes.Signals, d => d.Signals, (d, v) => d with { Signals = v })
        .With("verdict", "How a deployment is judged by what its instances measure, and what follows.", JudgingShapes.Verdict, d => d.Verdict, (d, v) => d with { Verdict = v })
        .With("config", "Config values for every environment; an environment's own win. They are in the process's environment and in files.", Config, d => d.Config, (d, v) => d with { Config = v })
        .With("files", "Files rendered into the version's folder: path to text with ${NAME} placeholders.", Files(), d => d.Files, (d, v) => d with { Files = v })
        .With("strategy", "In which steps instances are changed. Default: one instance first, then quarters.", Strategies, d => d.Strategy, (d, v) => d with { Strategy = v })
        .With("checks", "What is asked before, during and after a deployment; an answer that is not good takes it back.", CheckFormat.List, d => d.Checks, (d, v) => d with { Checks = v })
        .With("environments", "The environments it is deployed to, with what differs there. Applying creates what is missing.", Environments(), d => d.Environments, (d, v) => d with { Environments = v })
        .With("settings", "Settings of the deployment type, as it documents them. trigger has none.", new AnyShape(), d => d.Settings, (d, v) => d with { Settings = v })
        .Check(ServiceRules.CheckService)
        .Check((d, map, mistakes) => CheckRules.CheckNames(d.Checks, map, mistakes))
        .Check(CheckRules.CheckHealthy);

    private static MapShape<string, string> Headers() => new(
        "headers with a value each",
        TextShape.Matching("the name of a header", "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", 100),
        new TextShape("text of up to 1000 characters", rule: text => !text.Any(char.IsControl), mayBeEmpty: true),
        50);

    private static MapShape<string, string> Files() => new(
        "paths with a text each, at most 100",
        new TextShape("a path inside the version's folder: relative, with / and without ..", 255, ServiceRules.IsInnerPath),
        new TextShape("text of up to 64 KB, with every ${ closed", 64 * 1024, Placeholders.AreClosed, mayBeEmpty: true),
        100);

    private static MapShape<EnvironmentName, EnvironmentDefinition> Environments() => new(
        "environments with keys each, at most 50",
        new ValueShape<EnvironmentName>("an environment: 1 to 63 lower-case letters, digits and dashes, beginning with a letter"),
        Environment,
        50);

    private sealed record AutoDeployDraft(string Branch);
}
