using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Services;

/// <summary>What slipway.yaml says: how a service is run, checked, stopped and deployed. Every version remembers the definition it was published with.</summary>
public sealed record ServiceDefinition
{
    /// <summary>The type of services that agents run on instances that stay.</summary>
    public const string Trigger = "trigger";

    /// <summary>The service's name.</summary>
    public required ServiceName Service { get; init; }

    /// <summary>What it is, in a sentence or two.</summary>
    public string? Description { get; init; }

    /// <summary>Who owns it.</summary>
    public string? Team { get; init; }

    /// <summary>The deployment type: how targets of this service are changed. Default: trigger.</summary>
    public string Type { get; set; } = Trigger;

    /// <summary>The command, as words. ${NAME} is replaced by the config value of that name, after splitting. Either this or <see cref="Unit"/>.</summary>
    public IReadOnlyList<string>? Run { get; init; }

    /// <summary>True: <see cref="Run"/> is one line for /bin/sh -c. Default: no shell.</summary>
    public bool Shell { get; init; }

    /// <summary>An existing systemd unit that the agent restarts instead of starting a command.</summary>
    public string? Unit { get; init; }

    /// <summary>The user it runs as. Default: the agent's own.</summary>
    public string? User { get; init; }

    /// <summary>The port it listens on, given to it as ${PORT}. Default: the instance's label "port", else a free port the agent chooses once.</summary>
    public int? Port { get; init; }

    /// <summary>When it counts as healthy. Default: the process is alive.</summary>
    public HealthDefinition Health { get; set; } = new();

    /// <summary>How it is stopped.</summary>
    public StopDefinition Stop { get; set; } = new();

    /// <summary>How traffic is taken away before it is stopped.</summary>
    public DrainDefinition Drain { get; set; } = new();

    /// <summary>What happens between unpacking and activation.</summary>
    public PrepareDefinition Prepare { get; set; } = new();

    /// <summary>How many versions stay ready on an instance.</summary>
    public KeepDefinition Keep { get; set; } = new();

    /// <summary>The service's captured output.</summary>
    public LogDefinition Logs { get; set; } = new();

    /// <summary>How the agents measure it.</summary>
    public SignalDefinition Signals { get; set; } = new();

    /// <summary>How a deployment is judged by what its instances measure.</summary>
    public VerdictDefinition Verdict { get; set; } = new();

    /// <summary>Config values for every environment; an environment's own win. They are in the process's environment and in <see cref="Files"/>.</summary>
    public IReadOnlyDictionary<string, string> Config { get; set; } = new Dictionary<string, string>();

    /// <summary>Files rendered into the version's folder: path to text with ${NAME} placeholders.</summary>
    public IReadOnlyDictionary<string, string> Files { get; set; } = new Dictionary<string, string>();

    /// <summary>In which steps instances are changed. Default: one instance first, then quarters.</summary>
    public Strategy? Strategy { get; init; }

    /// <summary>What is asked before, during and after a deployment.</summary>
    public IReadOnlyList<CheckDefinition> Checks { get; set; } = [];

    /// <summary>What differs in an environment.</summary>
    public IReadOnlyDictionary<EnvironmentName, EnvironmentDefinition> Environments { get; set; } = new Dictionary<EnvironmentName, EnvironmentDefinition>();

    /// <summary>How deployments to an environment are judged: its own way takes the place of the service's.</summary>
    public VerdictDefinition VerdictIn(EnvironmentName environment) => Environments.GetValueOrDefault(environment)?.Verdict ?? Verdict;

    /// <summary>The checks of deployments to an environment: its own take the place of those of the same name.</summary>
    public IReadOnlyList<CheckDefinition> ChecksIn(EnvironmentName environment)
    {
        IReadOnlyList<CheckDefinition> own = Environments.GetValueOrDefault(environment)?.Checks ?? [];
        var replaced = Checks.Select(check => own.FirstOrDefault(other => other.Name == check.Name) ?? check).ToList();
        return [.. replaced, .. own.Where(check => Checks.All(other => other.Name != check.Name))];
    }

    /// <summary>Settings of the deployment type, as it documents them. Empty for trigger.</summary>
    public System.Text.Json.JsonElement? Settings { get; init; }
}
