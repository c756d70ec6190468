using System.Text.Json;

namespace Slipway.Agent.Supervision;

/// <summary>The run record on disk, replaced as a whole so that it is never read half written.</summary>
internal sealed class RunFile(string path)
{
    /// <summary>Null when the service does not run, or a file that nobody can read says so.</summary>
    public RunRecord? Load()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), SupervisionJson.Default.RunRecord);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Not synced to disk: it has to outlive the agent, not the machine, whose processes are gone with it.</summary>
    public void Save(RunRecord record)
    {
        var temporary = path + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(record, SupervisionJson.Default.RunRecord));
        File.Move(temporary, path, overwrite: true);
    }

    public void Delete() => File.Delete(path);
}
