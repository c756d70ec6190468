using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using Slipway.DeploymentTypes.Spinnaker.Settings;

namespace Slipway.DeploymentTypes.Spinnaker.Pipelines;

/// <summary>Spinnaker's canary stage in which Kayenta compares new instances with as many new ones of the old version.</summary>
internal static class KayentaStage
{
    public static JsonObject Of(SpinnakerTarget target, CanarySettings canary, int instances, bool reuse)
    {
        var baseline = target.Settings.Detail is { Length: > 0 } detail ? $"{detail}-baseline" : "baseline";
        var pairs = target.Settings.Regions.Select(region => new JsonObject
        {
            ["control"] = ClusterWriter.Of(target, region, "highlander", reuse: false, baseline, instances),
            ["experiment"] = ClusterWriter.Of(target, region, "highlander", reuse, target.CanaryDetail, instances),
        });
        return new()
        {
            ["type"] = "kayentaCanary",
            ["analysisType"] = "realTimeAutomatic",
            ["canaryConfig"] = Config(canary),
            ["deployments"] = new JsonObject
            {
                ["baseline"] = new JsonObject
                {
                    ["cloudProvider"] = target.Settings.Provider,
                    ["application"] = target.Application,
                    ["account"] = target.Account,
                    ["cluster"] = target.Cluster,
                },
                ["serverGroupPairs"] = new JsonArray([.. pairs]),
                ["delayBeforeCleanup"] = "PT0S",
            },
        };
    }

    private static JsonObject Config(CanarySettings canary)
    {
        var config = new JsonObject
        {
            ["canaryConfigId"] = canary.Config,
            ["lifetimeDuration"] = XmlConvert.ToString(canary.Lifetime.Time),
            ["canaryAnalysisIntervalMins"] = Minutes(canary.Interval.Time),
            ["beginCanaryAnalysisAfterMins"] = Minutes(canary.WarmUp.Time),
            ["scoreThresholds"] = new JsonObject
            {
                ["pass"] = canary.Pass.ToString(CultureInfo.InvariantCulture),
                ["marginal"] = canary.Marginal.ToString(CultureInfo.InvariantCulture),
            },
            ["scopes"] = new JsonArray(new JsonObject { ["scopeName"] = "default", ["step"] = canary.Step, ["extendedScopeParams"] = new JsonObject() }),
        };
        if (canary.MetricsAccount is { } metrics)
            config["metricsAccountName"] = metrics;

        if (canary.StorageAccount is { } storage)
            config["storageAccountName"] = storage;

        return config;
    }

    private static string Minutes(TimeSpan time) => Math.Ceiling(time.TotalMinutes).ToString(CultureInfo.InvariantCulture);
}
