using Slipway.Agent.Commands;

return await AgentCommand.InvokeAsync(args);
