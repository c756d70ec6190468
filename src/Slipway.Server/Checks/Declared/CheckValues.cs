using System.Text.RegularExpressions;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Checks.Declared;

/// <summary>What <c>${NAME}</c> stands for in a check: config values of the target and what the deployment is about. Secrets are not among them.</summary>
internal sealed partial class CheckValues
{
    public const string Callback = "SLIPWAY_CALLBACK";

    private readonly IReadOnlyDictionary<string, string> config;
    private readonly IReadOnlyCollection<string> secrets;
    private readonly Dictionary<string, string> own;

    private CheckValues(IReadOnlyDictionary<string, string> config, IReadOnlyCollection<string> secrets, Dictionary<string, string> own) =>
        (this.config, this.secrets, this.own) = (config, secrets, own);

    /// <summary>What the deployment is about.</summary>
    public IReadOnlyDictionary<string, string> Own => own;

    public IEnumerable<KeyValuePair<string, string>> All => config.Where(pair => !own.ContainsKey(pair.Key)).Concat(own);

    public static CheckValues Of(StageRun run, IReadOnlyDictionary<string, string> config, IReadOnlyCollection<string> secrets) => new(config, secrets, new()
    {
        ["SLIPWAY_SERVICE"] = run.Target.Service.Value,
        ["SLIPWAY_ENVIRONMENT"] = run.Target.Environment.Value,
        ["SLIPWAY_VERSION"] = run.Release.Version.Value,
        ["SLIPWAY_PREVIOUS_VERSION"] = run.Previous?.Version.Value ?? "",
        ["SLIPWAY_DEPLOYMENT"] = run.Deployment.Value,
        ["SLIPWAY_CHECK_KEY"] = run.Key,
    });

    /// <summary>The same names, for a deployment that is only planned.</summary>
    public static CheckValues Of(PlanRequest request, IReadOnlyDictionary<string, string> config, IReadOnlyCollection<string> secrets) => new(config, secrets, new()
    {
        ["SLIPWAY_SERVICE"] = request.Target.Service.Value,
        ["SLIPWAY_ENVIRONMENT"] = request.Target.Environment.Value,
        ["SLIPWAY_VERSION"] = request.Release.Version.Value,
        ["SLIPWAY_PREVIOUS_VERSION"] = request.Current?.Version.Value ?? "",
        ["SLIPWAY_DEPLOYMENT"] = "",
        ["SLIPWAY_CHECK_KEY"] = "",
        [Callback] = "",
    });

    public bool HasSecret(string name) => secrets.Contains(name);

    public CheckValues With(string name, string value) => new(config, secrets, new(own) { [name] = value });

    /// <exception cref="CheckNotPossibleException">A name stands for nothing.</exception>
    public string Fill(string text) => Placeholder().Replace(text, match =>
    {
        if (match.Value == "$${")
            return "${";

        var name = match.Groups["name"].Value;
        var value = own.TryGetValue(name, out var ours) ? ours : config.GetValueOrDefault(name);
        if (match.Groups["default"] is { Success: true } otherwise && string.IsNullOrEmpty(value))
            return otherwise.Value;

        return value ?? throw new CheckNotPossibleException(secrets.Contains(name)
            ? $"It uses ${{{name}}}, which is a secret; checks can use config values only."
            : $"It uses ${{{name}}}, which is no config value of the target. Set it, or give a default: ${{{name}:-text}}.");
    });

    [GeneratedRegex(@"\$\$\{|\$\{(?<name>[^}:]*)(:-(?<default>[^}]*))?\}")]
    private static partial Regex Placeholder();
}
