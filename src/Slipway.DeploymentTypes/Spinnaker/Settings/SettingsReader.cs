using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes.Spinnaker.Settings;

/// <summary>From slipway.yaml to settings of one target, with every mistake as a sentence.</summary>
internal static partial class SettingsReader
{
    private static readonly JsonSerializerOptions Json = new(ContractsJson.Default.Options)
    {
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    /// <summary>The settings of a target.</summary>
    public static SpinnakerSettings Read(ServiceDefinition definition, EnvironmentName environment) =>
        TargetSettings.Of(definition, environment).Deserialize<SpinnakerSettings>(Json) ?? new();

    /// <summary>What is wrong in any environment that the definition names.</summary>
    public static IReadOnlyList<SettingsMistake> Check(ServiceDefinition definition) =>
        [.. definition.Environments.Keys.SelectMany(environment => Check(definition, environment)).DistinctBy(mistake => mistake.Problem)];

    /// <summary>What is wrong in one environment.</summary>
    public static IReadOnlyList<SettingsMistake> Check(ServiceDefinition definition, EnvironmentName environment)
    {
        try
        {
            return [.. Check(Read(definition, environment), environment)];
        }
        catch (JsonException e)
        {
            var path = e.Path is { Length: > 2 } inner ? inner[1..] : "";
            return [new("settings" + path, $"In {environment}: {e.Message.Split(" Path: ")[0].Split(" The JSON value")[0]}")];
        }
    }

    private static IEnumerable<SettingsMistake> Check(SpinnakerSettings settings, EnvironmentName environment)
    {
        if (settings.Pipeline is { Name.Length: 0 })
            yield return new("settings.pipeline.name", "Name the existing pipeline that deploys this service.");

        if (settings.Account is null)
            yield return new("settings.account", $"Name the account in which Spinnaker makes the server groups of {environment}.");

        if (settings.Regions is [])
            yield return new("settings.regions", $"Name at least one region for {environment}.");

        if (settings.Zones.Keys.FirstOrDefault(region => !settings.Regions.Contains(region)) is { } stray)
            yield return new("settings.zones", $"Zones are given for {stray}, which is not among the regions.");

        if (settings.Capacity is var capacity && (capacity.Min < 0 || capacity.Min > capacity.Desired || capacity.Desired > capacity.Max || capacity.Max > 10_000))
            yield return new("settings.capacity", "Capacity needs 0 ≤ min ≤ desired ≤ max ≤ 10000.");

        if (settings.HealthyPercentage is < 1 or > 100)
            yield return new("settings.healthyPercentage", "How much must be healthy is 1 to 100 percent.");

        foreach (var (place, part) in new[] { ("application", settings.Application), ("stack", settings.Stack), ("detail", settings.Detail) })
        {
            if (part is not null && !NamePart().IsMatch(part))
                yield return new($"settings.{place}", $"{place} is part of a cluster's name: letters, digits{(place == "detail" ? ", - " : " ")}and _, at most 60.");
        }

        foreach (var mistake in CheckStages(settings))
            yield return mistake;
    }

    private static IEnumerable<SettingsMistake> CheckStages(SpinnakerSettings settings)
    {
        if (settings.Approval is { When: not ("beforeDeploy" or "afterCanary") })
            yield return new("settings.approval.when", "An approval is asked for beforeDeploy or afterCanary.");

        if (settings.Checks.FirstOrDefault(check => check.Expression is null == check.Url is null) is not null)
            yield return new("settings.checks", "A check has either an expression or a url.");

        if (settings.Checks.FirstOrDefault(check => check.Url is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")) is { } wrong)
            yield return new("settings.checks", $"{wrong.Url} is not an address that begins with http:// or https://.");

        if (settings.Canary is { } canary && (canary.Config.Length == 0 || canary.Marginal > canary.Pass || canary.Pass > 100 || canary.Marginal < 0 || canary.Lifetime.Time < canary.Interval.Time))
            yield return new("settings.canary", "A judged canary needs a config, 0 ≤ marginal ≤ pass ≤ 100, and a lifetime of at least one interval.");
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,60}$")]
    private static partial Regex NamePart();
}
