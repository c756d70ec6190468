using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Checks.Replays;
using Slipway.Server.Checks.Signals;
using Slipway.Server.Instances;
using Slipway.Server.Instances.Connections;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>Judges deployments by what their instances measure.</summary>
internal static class VerdictsModule
{
    public static void AddVerdicts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<SignalDesk>().AddSingleton<ISignalTaker>(provider => provider.GetRequiredService<SignalDesk>());
        services.AddSingleton<VerdictStore>().AddSingleton<DeploymentJudges>().AddSingleton<LastLines>().AddSingleton<SeriesStore>();
        services.AddSingleton<IVerdicts, Verdicts>();
        services.AddOwnLoop<VerdictLoop>();
    }

    public static void MapVerdicts(this IEndpointRouteBuilder api)
    {
        GetVerdict.Map(api);
        ReplayTarget.Map(api);
    }
}
