using System.CommandLine;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;

namespace Slipway.Cli.Commands.Instances;

/// <summary>slipway instances --in production --service checkout</summary>
internal sealed class ListInstances : SlipwayCommand
{
    private readonly Option<EnvironmentName?> environment;
    private readonly Option<ServiceName?> service;

    public ListInstances(Surroundings surroundings)
        : base(surroundings, "instances", "The machines, what they run, and how it is.")
    {
        environment = Names.OptionalEnvironment(surroundings, "--in", "Only in this environment");
        service = Names.ServiceOption(surroundings);
        Add(environment);
        Add(service);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var instances = await call.Client.Instances.ListAsync(call.Get(service), call.Get(environment), cancellation);
        if (call.Json)
        {
            call.WriteJson(new Page<Instance> { Items = instances }, ContractsJson.Default.PageInstance);
            return ExitCode.Done;
        }

        if (instances.Count == 0)
        {
            call.Line("There are no such instances.");
            call.Note("To let one join: slipway agents token");
            return ExitCode.Done;
        }

        var table = new TextTable("INSTANCE", "ENVIRONMENT", "SERVICE", "STATE", "VERSION", "PORT", "SINCE", "");
        foreach (var instance in instances.OrderBy(i => i.Environment).ThenBy(i => i.Name))
        {
            foreach (var running in Rows(instance, call.Get(service)))
            {
                table.Add(
                    instance.Name.Value,
                    instance.Environment.Value,
                    running?.Service.Value ?? "-",
                    InstanceTable.StateOf(instance, running, call.Ink),
                    running?.RunningVersion ?? "-",
                    running?.Port is { } port ? Words.Number(port) : "",
                    running?.Since is { } since ? Words.Age(call.Time.GetUtcNow() - since) : "",
                    InstanceTable.Remark(instance, running));
            }
        }

        call.Out.Write(table.Render(call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0));
        return ExitCode.Done;
    }

    private static IEnumerable<InstanceService?> Rows(Instance instance, ServiceName? only)
    {
        var services = instance.Services.Where(s => only is null || s.Service == only).ToList<InstanceService?>();
        return services.Count > 0 ? services : [null];
    }
}
