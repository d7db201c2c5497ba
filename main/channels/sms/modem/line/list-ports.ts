/** Serial ports of this machine, for a person to choose a modem's from. */
export async function listSerialPorts(): Promise<{ path: string; label: string | null }[]> {
  const { SerialPort } = await import('serialport');
  const ports = await SerialPort.list();
  return (
    ports
      // consoles of virtual machines and ports that no device is at
      .filter(({ path, vendorId }) => vendorId !== undefined || !/^\/dev\/ttyS\d+$/.test(path))
      .map(({ path, manufacturer, ...rest }) => {
        const name = 'friendlyName' in rest ? String(rest.friendlyName ?? '') : '';
        return { path, label: name || manufacturer || null };
      })
  );
}
