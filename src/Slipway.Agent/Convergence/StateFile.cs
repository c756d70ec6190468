using System.Text.Json;
using Slipway.Agent.Identity;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Convergence;

/// <summary>Keeps state.json. One writer; the file is always a whole one.</summary>
internal sealed class StateFile(DataFolder data)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ServiceRecord> services = [];

    /// <summary>Empty where the agent has never run.</summary>
    public IReadOnlyDictionary<string, ServiceRecord> Load()
    {
        lock (gate)
        {
            if (File.Exists(data.State) && JsonSerializer.Deserialize(File.ReadAllBytes(data.State), AgentFilesJson.Default.AgentState) is { } state)
            {
                foreach (var (name, record) in state.Services)
                    services[name] = record;
            }

            return new Dictionary<string, ServiceRecord>(services);
        }
    }

    /// <summary>Returns when it is on the disk.</summary>
    public void Save(ServiceName service, ServiceRecord record)
    {
        lock (gate)
        {
            services[service.Value] = record;
            AtomicFile.Write(data.State, JsonSerializer.SerializeToUtf8Bytes(new() { Services = services }, AgentFilesJson.Default.AgentState));
        }
    }

    /// <summary>The ports chosen for services here.</summary>
    public IReadOnlySet<uint> ChosenPorts()
    {
        lock (gate)
            return services.Values.Select(record => record.ChosenPort).ToHashSet();
    }
}
