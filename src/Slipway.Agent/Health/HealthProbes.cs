using Slipway.Agent.Activating;
using Slipway.Agent.Identity;
using Slipway.Agent.Supervision;
using V1 = Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Health;

internal static class HealthProbes
{
    /// <summary>The probe a service asks for; one that asks for none is healthy while it runs.</summary>
    public static IHealthProbe Of(Activation activation, ServiceFolder folder, ExitWatcher watcher, TimeProvider time) =>
        activation.Release.Spec.Health is not { } health ? new ProcessHealth() : health.ProbeCase switch
        {
            V1.Health.ProbeOneofCase.Http => new HttpHealth(health.Http, activation.Port),
            V1.Health.ProbeOneofCase.Tcp => new TcpHealth(health.Tcp.Port != 0 ? health.Tcp.Port : activation.Port),
            V1.Health.ProbeOneofCase.Command => new CommandHealth(health.Command, activation, folder, watcher, time),
            _ => new ProcessHealth(),
        };
}
