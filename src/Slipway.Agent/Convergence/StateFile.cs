using System.Text.Json;
using Google.Protobuf;
using Slipway.Agent.Identity;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Convergence;

/// <summary>Keeps state.json. One writer; the file is always a whole one.</summary>
internal sealed class StateFile(DataFolder data)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ServiceRecord> services = [];

    /// <summary>
    /// Empty where the agent has never run. A damaged file is put aside: what should run the server says again, and what runs is in the run files.
    /// </summary>
    /// <param name="damage">Null, or what is wrong with the file.</param>
    public IReadOnlyDictionary<string, ServiceRecord> Load(out string? damage)
    {
        lock (gate)
        {
            damage = null;
            try
            {
                foreach (var (name, record) in Read())
                    services[name] = record;
            }
            catch (Exception e) when (e is JsonException or InvalidProtocolBufferException)
            {
                damage = e.Message;
                File.Move(data.State, Damaged, overwrite: true);
            }

            return new Dictionary<string, ServiceRecord>(services);
        }
    }

    /// <summary>Where a damaged file lies, for a person.</summary>
    public string Damaged => data.State + ".damaged";

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

    private IReadOnlyDictionary<string, ServiceRecord> Read()
    {
        if (!File.Exists(data.State) || JsonSerializer.Deserialize(File.ReadAllBytes(data.State), AgentFilesJson.Default.AgentState) is not { } state)
            return new Dictionary<string, ServiceRecord>();

        foreach (var record in state.Services.Values)
            record.RequireReadable();
        return state.Services;
    }
}
